package brimful.chunk.outline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PhpOutlineTest {
  @Test
  void outlinesPhp() {
    String text =
        """
        <html class="a"><?xml version="1" ?>
        <?php

        declare(strict_types=1);

        namespace App\\Models {

        use Some\\Thing;
        use function Some\\helper;
        use const Some\\LIMIT;

        #[Attribute(flags: 1)]
        final readonly class Order extends Base implements A, B
        {
            use Loggable, Cached { Cached::get insteadof Loggable; }

            public const int LIMIT = 3;
            private array $items = [];

            public function __construct(
                private readonly string $name = 'class X {',
                #[Sensitive] protected ?int $size = null,
            ) {
            }

            public function &ref(): static { return $this; }

            public string $full {
                get => $this->name;
                set(string $v) { $this->name = $v; }
            }

            public static function make(string ...$a): self|null
            {
                $x = match (true) {
                    $a === [] => new self('x'),
                    default => fn (int $n): int => $n * 2,
                };
                $handler = function (int $a) use ($x): void {
                    echo $a;
                };
                $other = new class('a') extends Base implements C {
                    public function inner() {}
                };
                $y = isset($a) ? $b : function () { return 1; };
                if ($x instanceof self): echo 1; endif;
                return array_map(static fn ($v) => $v, $a);
            }

            abstract protected function area(): float;
        }

        enum Suit: string
        {
            case Hearts = 'H';
            public function label(): string { return self::class; }
        }

        trait Loggable { protected function log($m) {} }
        interface Shape { public function area(): float; }
        function helper(array $class, $function) { $q = <<<"SQL"
          function no() {
          SQL;
          return $class->class; }
        }
        ?>
        <p>class Foo { function bar() {</p>
        <?php function tail() { // ?> { <?php } ?>
        """;

    assertThat(OutlineText.of("a.php", text))
        .isEqualTo(
            """
            type Models 6-65
              type Order 12-51
                constant LIMIT 17-17
                function __construct 20-24
                function ref 26-26
                function make 33-48
                  function $handler 39-41
                  function inner 43-43
                  function $y 45-45
                function area 50-50
              type Suit 53-57
                function label 56-56
              type Loggable 59-59
                function log 59-59
              type Shape 60-60
                function area 60-60
              function helper 61-64
            function tail 68-68\
            """);
  }

  @Test
  void skipsWhatIsNotCode() {
    assertThat(OutlineText.of("a.php", "<p class=\"a\">function go() {</p>")).isEmpty();
    assertThat(OutlineText.of("a.php", "<?php function a() {} ?>\nclass B {\n<?= 1 ?>"))
        .isEqualTo("function a 1-1");
  }

  @Test
  void namesNothingThatIsOnlyUsed() {
    assertThat(
            OutlineText.of(
                "a.php", "<?php\nuse function A\\b;\n$c = $d::class;\nb(function: 1, class: 2);"))
        .isEmpty();
  }

  @Test
  void aMethodMayBeNamedLikeAWord() {
    assertThat(OutlineText.of("a.php", "<?php\nclass A {\n  function enum($x) {\n  }\n}"))
        .isEqualTo("type A 2-5\n  function enum 3-4");
  }
}
