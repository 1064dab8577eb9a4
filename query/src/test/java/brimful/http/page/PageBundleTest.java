package brimful.http.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class PageBundleTest {
  private static String bundle(Map<String, String> modules) {
    return PageBundle.of("app.js", name -> modules.getOrDefault(name, ""));
  }

  @Test
  void aModuleComesOnceAndAfterItsImports() {
    String bundle =
        bundle(
            Map.of(
                "app.js",
                "import { a } from \"./a.js\";\nimport { b as c } from \"./b-b.js\";\nrun(a, c);\n",
                "a.js",
                "import { b } from \"./b-b.js\";\nexport const a = b;\n",
                "b-b.js",
                """
                import X from "../vendor/x.mjs";
                export async function* b() {}
                export class C {}
                const text = `
                  export of ${X}`;
                """));

    assertThat(bundle)
        .isEqualTo(
            """
            import X from "../vendor/x.mjs";
            // b-b.js
            const $b_b = (() => {
            async function* b() {}
            class C {}
            const text = `
              export of ${X}`;
            return { b, C };
            })();
            // a.js
            const $a = (() => {
            const { b } = $b_b;
            const a = b;
            return { a };
            })();
            // app.js
            const $app = (() => {
            const { a } = $a;
            const { b: c } = $b_b;
            run(a, c);
            })();
            """);
  }

  @Test
  void exportsWhatItsEntryExports() {
    assertThat(bundle(Map.of("app.js", "export const a = 1;\nexport class B {}\n")))
        .isEqualTo(
            """
            // app.js
            const $app = (() => {
            const a = 1;
            class B {}
            return { a, B };
            })();
            export const { a, B } = $app;
            """);
  }

  @Test
  void refusesModulesThatImportEachOther() {
    assertThatIllegalStateException()
        .isThrownBy(() ->
            bundle(
                Map.of(
                    "app.js", "import { a } from \"./a.js\";\n",
                    "a.js", "import { b } from \"./app.js\";\n")))
        .withMessageContaining("app.js ← a.js");
  }

  @Test
  void refusesOtherFormsOfExport() {
    assertThatIllegalStateException()
        .isThrownBy(() -> bundle(Map.of("app.js", "export default 3;\n")))
        .withMessageContaining("app.js has \"export default 3;\"");
  }
}
