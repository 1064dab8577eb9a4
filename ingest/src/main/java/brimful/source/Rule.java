package brimful.source;

import brimful.corpus.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// A documented reason to skip a file. Each can be switched off by [Rules#without].
///
/// The table defines all rules by name. Case does not matter. An ending is the tail of a name from
/// a dot, dash or underscore on, so `.map` fits `app.js.map` but not a file named `.map`. A folder
/// that fits is skipped as a whole and is one entry in the coverage.
///
/// Names that real code uses too are not in the table: `build`, `dist`, `out` and `target` are left
/// to .gitignore, and a `vendor` folder counts as vendored only if it contains a package manager's
/// own file.
public enum Rule {
  BRIMFULIGNORE(
      "brimfulignore",
      "files that a .brimfulignore names, in .gitignore's syntax; a pattern that starts with ! restores"
          + " what any other rule skips"),
  GITIGNORE(
      "gitignore",
      "files that .gitignore, .git/info/exclude and the user's global excludes name, unless git"
          + " tracks it"),
  OWN(
      "own output",
      "windows, receipts, answers and tables that Brimful wrote, question files, and its own"
          + " folders and settings",
      ".brimful.yml",
      ".csv.ledger .jsonl.ledger",
      ""),
  GIT("git", "folders of version control systems", ".git", "", ".git .hg .svn .jj"),
  LOCK(
      "lock",
      "lock files of package managers",
      """
      package-lock.json npm-shrinkwrap.json yarn.lock pnpm-lock.yaml bun.lock bun.lockb deno.lock
      cargo.lock poetry.lock uv.lock pdm.lock pipfile.lock conda-lock.yml gemfile.lock composer.lock
      go.sum go.work.sum gradle.lockfile buildscript-gradle.lockfile verification-metadata.xml
      flake.lock mix.lock pubspec.lock podfile.lock package.resolved cartfile.resolved
      packages.lock.json paket.lock project.assets.json stack.yaml.lock cabal.project.freeze
      rebar.lock shard.lock .terraform.lock.hcl chart.lock module.bazel.lock
      """,
      "",
      ""),
  VENDORED(
      "vendored",
      "third-party code installed by package managers",
      ".pnp.cjs .pnp.loader.mjs",
      "",
      """
      node_modules bower_components jspm_packages site-packages dist-packages __pypackages__ .venv
      .yarn .bundle third_party 3rdparty
      """),
  GENERATED(
      "generated",
      "generated files, by name or by a comment at the top such as DO NOT EDIT",
      "",
      """
      .pb.go .pb.gw.go .pb.cc .pb.h .pb.swift .pbobjc.h .pbobjc.m _pb2.py _pb2.pyi _pb2_grpc.py
      _pb.js _pb.ts _pb.d.ts _grpc_pb.js .g.dart .freezed.dart .gr.dart .mocks.dart .designer.cs
      .designer.vb .g.cs .g.i.cs .generated.cs .generated.ts .generated.js .gen.go .gen.ts
      _generated.go _generated.h _generated.rs .js.snap .jsx.snap .ts.snap .tsx.snap
      """,
      ""),
  MINIFIED(
      "minified",
      "minified scripts and style sheets, by name or line length",
      "",
      ".min.js .min.mjs .min.cjs .min.css -min.js -min.css .min.map .js.map .mjs.map .css.map",
      ""),
  IMAGES("images", "images and scanned pages, where no OCR reads them; --ocr decides this"),
  TEXT_LAYER(
      "text-layer", "pictures of pages that have text as well; --ocr force reads those pages"),
  PICTURES(
      "pictures",
      "pictures of images and scanned pages, kept for models that see; --images decides this"),
  RECORDINGS("recordings", "sound and video; --recordings decides this"),
  MEDIA(
      "media",
      "images, audio, video and fonts, by name or by content",
      "",
      """
      .png .jpg .jpeg .gif .bmp .tif .tiff .webp .avif .heic .heif .ico .icns .cur .svg .svgz .psd
      .xcf .jp2 .jxl .cr2 .nef .arw .dng .mp3 .m4a .aac .ogg .oga .opus .flac .wav .aif .aiff .wma
      .mid .midi .amr .mp4 .m4v .mov .avi .mkv .webm .wmv .flv .mpg .mpeg .ogv .3gp .ttf .otf .ttc
      .woff .woff2 .eot
      """,
      ""),
  BINARY(
      "binary",
      "programs, libraries and other binary data, by name unless the content is text,"
          + " or by content",
      "",
      """
      .class .jar .war .ear .jmod .aar .apk .ipa .dex .pyc .pyo .pyd .o .obj .a .lib .so .dylib .dll
      .exe .msi .pdb .wasm .node .nupkg .whl .egg .deb .rpm .dmg .iso .img .keystore .jks .p12 .pfx
      .npy .npz .pkl .safetensors .gguf .onnx .pt .pth .tflite
      """,
      ""),
  SECRETS(
      "secrets",
      "keys, tokens and passwords within the text of any file, which are masked; no file is skipped"
          + " (--allow-secrets is the same as --keep secrets)"),
  JUNK(
      "junk",
      "leftovers of editors, systems and caches",
      ".ds_store thumbs.db desktop.ini .directory",
      ".swp .swo",
      """
      __macosx __pycache__ .mypy_cache .pytest_cache .ruff_cache .tox .nox .eggs .gradle
      """);

  private static final Pattern MEDIA_OR_TEXT = Pattern.compile("\\.(?:mid|cur|aif|dng|mov)$");

  /// What OCR can read.
  private static final Set<String> DECODABLE =
      Set.of(".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".webp");

  private final String title;
  private final String meaning;

  // The three sets come from Set.copyOf, which the checker cannot see.
  @SuppressWarnings("ImmutableEnumChecker")
  private final Set<String> names;

  @SuppressWarnings("ImmutableEnumChecker")
  private final Set<String> endings;

  @SuppressWarnings("ImmutableEnumChecker")
  private final Set<String> folders;

  Rule(String title, String meaning) {
    this(title, meaning, "", "", "");
  }

  Rule(String title, String meaning, String names, String endings, String folders) {
    this.title = title;
    this.meaning = meaning;
    this.names = words(names);
    this.endings = words(endings);
    this.folders = words(folders);
  }

  /// Returns the rule's name, used in [Outcome.Skipped] and on the command line.
  public String title() {
    return title;
  }

  /// Returns the outcome of a file that the rule skips.
  public Outcome skipped() {
    return new Outcome.Skipped(title);
  }

  /// Returns a line for people: the name, its meaning, and the names it matches.
  public String describe() {
    var all = new TreeSet<String>();
    folders.forEach(folder -> all.add(folder + "/"));
    all.addAll(names);
    endings.forEach(ending -> all.add("*" + ending));
    return title + ": " + meaning + (all.isEmpty() ? "" : ": " + String.join(" ", all));
  }

  boolean fitsFolder(String name) {
    return folders.contains(name.toLowerCase(Locale.ROOT));
  }

  /// Returns whether a file of this name fits.
  ///
  /// @param lower the name in lower case
  /// @param endings what [#endings] makes of it, once for all rules
  boolean fitsFile(String lower, List<String> endings) {
    if (names.contains(lower)) {
      return true;
    }
    for (String ending : endings) {
      if (this.endings.contains(ending)) {
        return true;
      }
    }
    return false;
  }

  /// Returns whether files of these endings are images that OCR can read.
  static boolean arePictures(List<String> endings) {
    return endings.stream().anyMatch(DECODABLE::contains);
  }

  /// Returns whether text files also have such names, so that only the content decides: circuit
  /// libraries end in `.lib` too, templates in `.pt`, MapInfo tables in `.mid`.
  ///
  /// @param lower a file's name, in lower case
  boolean deceives(String lower) {
    return this == BINARY || (this == MEDIA && MEDIA_OR_TEXT.matcher(lower).find());
  }

  /// Returns the tails of a name from each of its dots, dashes and underscores on.
  static List<String> endings(String lower) {
    var endings = new ArrayList<String>();
    for (int i = 1; i < lower.length(); i++) {
      char c = lower.charAt(i);
      if (c == '.' || c == '-' || c == '_') {
        endings.add(lower.substring(i));
      }
    }
    return endings;
  }

  private static Set<String> words(String text) {
    return text.isBlank() ? Set.of() : Set.copyOf(Arrays.asList(text.strip().split("\\s+")));
  }
}
