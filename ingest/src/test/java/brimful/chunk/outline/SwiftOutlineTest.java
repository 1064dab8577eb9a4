package brimful.chunk.outline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SwiftOutlineTest {
  @Test
  void outlinesSwift() {
    String text =
        """
        import struct Foundation.Date
        import func Darwin.fputs

        infix operator <+>: AdditionPrecedence

        @propertyWrapper
        public struct Clamped<Value: Comparable> {
            private var value: Value
            public let range: ClosedRange<Value> = { 0...3 }()
            public var wrappedValue: Value {
                get { value }
                set { let x = newValue; value = max(x, range.lowerBound) }
            }
            public init(wrappedValue: Value, _ range: ClosedRange<Value>) {
                self.value = wrappedValue
                let closure = { (a: Int) in a }
                var local: Int { 3 }
            }
            public init?<T>(from: T) where T: Value { return nil }
        }

        extension Store.Item: Codable where Element: Hashable {
            static func == (lhs: Self, rhs: Self) -> Bool {
                lhs.id == rhs.id
            }
            static prefix func - (x: Self) -> Self { x }
            static func < <T>(a: T, b: T) -> Bool { true }
            func `default`() {}
        }

        public protocol Shape: AnyObject {
            associatedtype Unit
            typealias Area = Double
            var area: Area { get }
            func draw(in context: Context) async throws
            init(side: Double)
            static func make<T: Shape>(_ type: T.Type) -> T
        }

        @MainActor
        final actor Counter {
            @Published private(set) var count = 0
            lazy var label: Label = {
                Label("x {")
            }()
            subscript(index: Int) -> Int { index }
            nonisolated func peek() -> Int { count }
            deinit { print("gone") }
            class func shared() -> Counter { Counter() }
            class var other: Counter { Counter() }
            indirect enum Tree { case leaf, node(Tree, let: Int) }
            private let lock = NSLock()
            let handler: (Int) -> Void
            override func run(_ body: @escaping () -> Void = {}) rethrows {
                guard let x = y else { return }
                if let z = x { body() }
                switch x { case .some(let v): print(v); default: break }
            }
        }

        public macro stringify<T>(_ value: T) -> (T, String) = #externalMacro(module: "M", type: "S")
        let table = [
            "a": 1,
        ]
        func top() {}
        """;

    assertThat(OutlineText.of("a.swift", text))
        .isEqualTo(
            """
            type Clamped 6-20
              function range 9-9
              function wrappedValue 10-13
              function init 14-18
              function init 19-19
            type Item 22-29
              function == 23-25
              function - 26-26
              function < 27-27
              function default 28-28
            type Shape 31-38
              type Unit 32-32
              type Area 33-33
              function area 34-34
              function draw 35-35
              function init 36-36
              function make 37-37
            type Counter 40-59
              function label 42-45
              function subscript 46-46
              function peek 47-47
              function deinit 48-48
              function shared 49-49
              function other 50-50
              type Tree 51-51
              function run 54-58
            type stringify 61-61
            function top 65-65\
            """);
  }

  @Test
  void namesPropertiesWithABody() {
    assertThat(
            OutlineText.of(
                "a.swift",
                "class A {\n  let a = 1\n  var b: Int {\n    a\n  }\n  func c() { let d = { 1 } }\n}"))
        .isEqualTo("type A 1-7\n  function b 3-5\n  function c 6-6");
  }
}
