package brimful.chunk.outline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class BraceOutlinerTest {
  @Test
  void outlinesJava() {
    String text =
        """
        package a;

        /// Says what it is.
        @Deprecated
        public final class Packer<T extends Foo> {
          private static final int BRACES_MAX = 3; // }
          private final String text = "}{" + '}' + \"""
              { " class No {
              \""";

          Packer(int a) {
            this(a, new Runnable() {
              @Override
              public void run() {}
            });
          }

          public <A, B> Map<A, List<B>> pack(
              @Named("x") List<A> ranking, int n) throws IOException {
            if (n > 0) { return go(n); }
            record Local(int x) {}
          }

          abstract int size();

          enum Kind { ONE(1) { int x() { return 1; } }, TWO(2); Kind(int i) {} }

          record Pair(int a, int b) {
            Pair {
              check(a);
            }
          }

          @interface Mark { String value() default ""; }
        }
        """;

    assertThat(OutlineText.of("Packer.java", text))
        .isEqualTo(
            """
            type Packer 3-35
              constant BRACES_MAX 6-6
              function Packer 11-16
                function run 13-14
              function pack 18-22
                type Local 21-21
              function size 24-24
              type Kind 26-26
                function x 26-26
                function Kind 26-26
              type Pair 28-32
                function Pair 29-31
              type Mark 34-34
                function value 34-34\
            """);
  }

  @Test
  void outlinesKotlin() {
    assertThat(
            OutlineText.of(
                "a.kt",
                """
                data class Point(val x: Int, val y: Int)

                fun interface Visitor { fun visit(p: Point) }

                object Registry {
                    const val LIMIT = 3
                    fun <T : Any> List<T>.second(): T = this[1]

                    fun `says so`(a: Int = run { 3 }): Int {
                        return a
                    }
                    companion object {
                        fun of() = Registry
                    }
                }
                """))
        .isEqualTo(
            """
            type Point 1-1
            type Visitor 3-3
              function visit 3-3
            type Registry 5-15
              constant LIMIT 6-6
              function second 7-7
              function says so 9-11
              function of 13-13\
            """);
  }

  @Test
  void outlinesScala() {
    assertThat(
            OutlineText.of(
                "a.scala",
                """
                object Log {
                  val name = 'symbol
                  def apply[T <: Foo](a: T)(implicit b: Int): Unit = {
                    s"${a.map { x => "{" }}"
                  }
                  def size: Int = items
                    .size

                  case class Entry(a: Int) extends Item
                  @Mark(
                    a = 3)
                  @Other
                  trait Reader {
                    def read(): Unit
                  }
                }
                """))
        .isEqualTo(
            """
            type Log 1-16
              function apply 3-5
              function size 6-7
              type Entry 9-9
              type Reader 10-15
                function read 14-14\
            """);
  }

  @Test
  void outlinesGo() {
    assertThat(
            OutlineText.of(
                "a.go",
                """
                package main

                type Server struct {
                	name string
                }

                // Serve says.
                func (s *Server) Serve(ctx context.Context, f func(int) error) (err error) {
                	text := `{ func no() {`
                	go func() { work() }()
                	return nil
                }

                func Map[K comparable](m map[K]interface{}) interface{} {
                	return m
                }

                type Handler func(a int, b string)

                type Options struct {
                	name string
                }
                """))
        .isEqualTo(
            """
            type Server 3-5
            function Serve 7-12
            function Map 14-16
            type Handler 18-18
            type Options 19-22\
            """);
  }

  @Test
  void outlinesRust() {
    assertThat(
            OutlineText.of(
                "a.rs",
                """
                /// Says.
                #[derive(Debug)]
                pub struct Unit;

                impl<'a, T: Foo> Reader<'a, T> for Unit {
                    pub fn read<F>(&'a self, f: fn(i32) -> i32) -> impl Iterator<Item = T>
                    where
                        F: Fn(),
                    {
                        let c = '{';
                        let s = r#"} fn no() { "#;
                        /* nested /* } */ } */
                    }
                }

                mod tests {
                    fn checks() {}
                }
                """))
        .isEqualTo(
            """
            type Unit 1-3
            type  5-14
              function read 6-13
            type tests 16-18
              function checks 17-17\
            """);
  }

  @Test
  void outlinesTypeScript() {
    assertThat(
            OutlineText.of(
                "a.tsx",
                """
                import { a } from 'b'
                import type React from 'react'

                export interface Props {
                  name: string
                }

                export const App = ({ name }: Props): JSX.Element => {
                  const re = /[{"'`]/.test(name)
                  return `<a ${list.map(x => `{${x}`)} {`
                }

                export default class Store<T> extends Base {
                  private items = new Map<string, T>()
                  constructor(private a: number) {
                    super(a)
                  }
                  async load(id: string): Promise<T> {
                    if (id) {
                      return fetch(id)
                    }
                  }
                }

                function helper(cb: () => void) {
                  describe('x', () => { cb() })
                }
                """))
        .isEqualTo(
            """
            type Props 4-6
            function App 8-11
            type Store 13-23
              function constructor 15-17
              function load 18-22
            function helper 25-27\
            """);
  }

  @Test
  void outlinesJavaScriptObjectsAndAssignments() {
    assertThat(
            OutlineText.of(
                "a.js",
                """
                exports.run = function (a) {
                  return a;
                };
                module.exports = {
                  start(port) { listen(port); },
                  stop: () => { close(); },
                };
                """))
        .isEqualTo(
            """
            function run 1-3
            function start 5-5
            function stop 6-6\
            """);
  }

  @Test
  void outlinesC() {
    assertThat(
            OutlineText.of(
                "a.cpp",
                """
                #include <a>
                namespace app {
                class Forward;
                template <class T, class U>
                class EXPORT Store : public Base<T> {
                 public:
                  explicit Store(int a) : a_(a) {}
                  ~Store();
                };

                #ifdef FAST
                int Store::size(int a) {
                #else
                int Store::size(long a) {
                #endif
                  const char* s = R"x( } )x";
                  return '}';
                }
                }  // namespace app

                static struct option *parse(int argc, char **argv)
                {
                  struct option o = { 1 };
                }
                """))
        .isEqualTo(
            """
            type app 2-19
              type Store 4-9
                function Store 6-7
              function size 12-18
            function parse 21-24\
            """);
  }

  @Test
  void outlinesOtherBraceLanguages() {
    assertThat(
            OutlineText.of(
                "a.cs", "namespace N {\n  class A<T> where T : class {\n    int F() => 1;\n  }\n}"))
        .isEqualTo("type N 1-5\n  type A 2-4\n    function F 3-3");
    assertThat(
            OutlineText.of(
                "a.swift", "struct A {\n  init(x: Int) { }\n  func go() -> Int { 1 }\n}"))
        .isEqualTo("type A 1-4\n  function init 2-2\n  function go 3-3");
    assertThat(
            OutlineText.of(
                "a.php", "<?php\nuse B;\nclass A {\n  public function go($x) { # }\n  }\n}"))
        .isEqualTo("type A 3-6\n  function go 4-5");
    assertThat(OutlineText.of("a.dart", "class A {\n  void go() {\n    print('}');\n  }\n}"))
        .isEqualTo("type A 1-5\n  function go 2-4");
    assertThat(
            OutlineText.of(
                "a.proto",
                "message A {\n  string b = 1;\n}\nservice S {\n  rpc Go (A) returns (A);\n}"))
        .isEqualTo("type A 1-3\ntype S 4-6\n  function Go 5-5");
    assertThat(OutlineText.of("a.graphql", "type A @key {\n  b: Int\n}\ninput C {\n  d: Int\n}"))
        .isEqualTo("type A 1-3\ntype C 4-6");
    assertThat(OutlineText.of("build.gradle", "def go(a) {\n  b {\n  }\n}\nclass A { }"))
        .isEqualTo("function go 1-4\ntype A 5-5");
  }

  @Test
  void findsTheNextMethodBehindAMissingBrace() {
    String text =
        """
        class A {
          void broken() {
            if (x) {
          }

          void next() {
          }
        }
        """;

    assertThat(OutlineText.of("A.java", text)).contains("function next 6-7").contains("type A 1-8");
  }

  @Test
  void bearsWhatIsNeverClosed() {
    assertThat(OutlineText.of("A.java", "class A {\n  void a() {\n    \"x\n /* open"))
        .contains("function a");
    assertThat(OutlineText.of("a.js", "`${`${`${")).isEmpty();
    assertThat(OutlineText.of("A.java", "}}}}\nclass A {}")).isEqualTo("type A 2-2");
  }

  @Test
  void nothingIsInsideOfWhatEndedAbove() {
    assertThat(
            OutlineText.of("a.ts", " \nclass Foo class Foo {@Override\nend function f() {\nlast"))
        .isEqualTo("type Foo 2-2\n  type Foo 2-2\nfunction f 3-4");
  }

  @Test
  void takesDeepNestingAndLongLinesInItsStride() {
    int deep = 10_000;

    assertThat(OutlineText.of("a.js", "{".repeat(deep) + "}".repeat(deep))).isEmpty();
    assertThat(OutlineText.of("a.js", "=/[".repeat(deep))).isEmpty();
    assertThat(OutlineText.of("a.php", "<<<".repeat(deep))).isEmpty();
    assertThat(OutlineText.of("a.cpp", "R\"".repeat(deep))).isEmpty();
    assertThat(OutlineText.of("a.rs", "'\\".repeat(deep))).isEmpty();
  }
}
