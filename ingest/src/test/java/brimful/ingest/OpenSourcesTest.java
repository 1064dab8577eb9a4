package brimful.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import brimful.corpus.DocumentId;
import brimful.corpus.UserError;
import brimful.source.Listed;
import brimful.source.Rules;
import brimful.source.Sources;
import brimful.testing.FakeSite;
import brimful.web.WebAddress;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jgit.api.Git;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OpenSourcesTest {
  private static final DocumentId FILE = new DocumentId("file.txt");

  @TempDir Path folder;

  @BeforeEach
  void writeFilesInsideAndOutside() throws IOException {
    for (String path : List.of("root/docs", "outside", "root-not")) {
      Files.createDirectories(folder.resolve(path));
      Files.writeString(folder.resolve(path).resolve("file.txt"), "of " + path);
    }
    Files.createSymbolicLink(root().resolve("link"), folder.resolve("outside"));
    Files.createSymbolicLink(root().resolve("docs/link.txt"), folder.resolve("outside/file.txt"));
    Files.createSymbolicLink(folder.resolve("way-in"), root().resolve("docs"));
  }

  private Path root() {
    return folder.resolve("root");
  }

  private OpenSources open(Path... roots) {
    var sources = new Sources(Rules.standard(), folder.resolve("git"), Clock.systemUTC());
    return new OpenSources(sources, List.of(roots), List.of(), MountMap.NONE);
  }

  private String at(String path) {
    return folder.resolve(path).toString();
  }

  private static String text(Optional<Listed.File> file) throws IOException {
    try (InputStream in = file.orElseThrow().content().open()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"root/docs", "root/docs/file.txt", "way-in", "outside/../root/docs"})
  void opensWhatReallyLiesBelowARoot(String path) throws IOException {
    try (OpenSources open = open(folder.resolve("root-not"), root())) {
      assertThat(text(open.file(at(path), FILE, () -> {}))).isEqualTo("of root/docs");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "outside",
        "outside/file.txt",
        "root/../outside",
        "root/link",
        "root/link/file.txt",
        "root-not",
        "nothing",
        ""
      })
  void opensNothingElse(String path) {
    try (OpenSources open = open(root())) {
      assertThatExceptionOfType(UserError.class)
          .isThrownBy(() -> open.file(at(path), FILE, () -> {}))
          .withMessageContaining("is not below --roots");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"../../outside/file.txt", "../link/file.txt", "link.txt", "../docs"})
  void noPathLeadsOutOfItsSource(String path) {
    try (OpenSources open = open(root())) {
      assertThat(open.file(at("root/docs"), new DocumentId(path), () -> {})).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1/a/b.git",
        "https://[::1]/a/b.git@main",
        "http://169.254.169.254/a/b.git",
        "ssh://git@example.org/a.git",
        "git@example.org:a/b.git",
        "file:///etc/passwd"
      })
  void addressesThatAreNotPublicAreBelowNoRoot(String address) {
    try (OpenSources open = open(root())) {
      assertThatExceptionOfType(UserError.class)
          .isThrownBy(() -> open.file(address, FILE, () -> {}))
          .withMessageContaining("is not below --roots");
    }
  }

  /// The user's name before the `@` is the name of a folder here: surefire runs in the module's.
  @Test
  void anAddressStaysOneWhereAFolderHasItsUsersName() {
    Path here = Path.of("").toAbsolutePath();
    assertThat(here.resolve("src")).isDirectory();
    try (OpenSources open = open(here)) {
      assertThatExceptionOfType(UserError.class)
          .isThrownBy(() -> open.file("src@localhost:owner/name.git", FILE, () -> {}))
          .withMessageContaining("is not below --roots");
    }
  }

  @Test
  void asksAboutTheRepositoryThatWouldBeOpened() throws Exception {
    repository(folder.resolve("outside"));
    repository(root());
    // The shortest path before an @ is opened, whatever a longer one is.
    Files.createDirectories(folder.resolve("outside@"));
    String location = at("outside") + "@/../root@HEAD";
    try (OpenSources open = open(root())) {
      assertThatExceptionOfType(UserError.class)
          .isThrownBy(() -> open.file(location, FILE, () -> {}))
          .withMessageContaining("is not below --roots");
    }
  }

  private static String repository(Path at) throws Exception {
    try (Git git = Git.init().setDirectory(at.toFile()).setInitialBranch("main").call()) {
      git.add().addFilepattern(".").call();
      return git.commit()
          .setMessage("all")
          .setAuthor("A", "a@example.org")
          .setCommitter("A", "a@example.org")
          .setSign(false)
          .call()
          .name();
    }
  }

  @Test
  void opensCommitsOfRepositoriesBelowARoot() throws Exception {
    Path docs = root().resolve("docs");
    String commit = repository(docs);
    Files.writeString(docs.resolve("file.txt"), "changed since");
    try (OpenSources open = open(root())) {
      assertThat(text(open.file(docs + "@" + commit, FILE, () -> {}))).isEqualTo("of root/docs");
      assertThat(text(open.file(docs + "@main", FILE, () -> {}))).isEqualTo("of root/docs");
    }
  }

  @Test
  void aRootThatDoesNotExistIsSaidAtOnce() {
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> open(folder.resolve("nothing")))
        .withMessageContaining("does not exist: name a folder that does");
  }

  @Test
  void aFileThatVanishedIsNotThere() throws IOException {
    try (OpenSources open = open()) {
      assertThat(open.file(at("root/docs"), FILE, () -> {})).isPresent();
      Files.delete(root().resolve("docs/file.txt"));

      assertThat(open.file(at("root/docs"), FILE, () -> {})).isEmpty();
    }
  }

  @Test
  void aFolderThatIsNotMountedMayComeBack() throws IOException {
    try (OpenSources open = open()) {
      assertThatExceptionOfType(UserError.class)
          .isThrownBy(() -> open.file(at("nothing"), FILE, () -> {}))
          .withMessageContaining("nothing is not there: mount it");
      assertThat(open.trouble(at("nothing"))).hasValue(at("nothing") + " is not there: mount it");

      Files.move(folder.resolve("outside"), folder.resolve("nothing"));

      assertThat(open.trouble(at("nothing"))).isEmpty();
      assertThat(text(open.file(at("nothing"), FILE, () -> {}))).isEqualTo("of outside");
    }
  }

  @Test
  void aFolderThatGoesAwayTakesNoFileWithIt() throws IOException {
    try (OpenSources open = open()) {
      assertThat(open.file(at("outside"), FILE, () -> {})).isPresent();
      Files.move(folder.resolve("outside"), folder.resolve("elsewhere"));

      assertThatExceptionOfType(UserError.class)
          .isThrownBy(() -> open.file(at("outside"), FILE, () -> {}))
          .withMessageContaining("mount it");
      assertThat(open.trouble(at("outside"))).hasValue(at("outside") + " is not there: mount it");
    }
  }

  /// An empty folder is what an unmounted one leaves behind.
  @Test
  void nobodyKnowsWhichFilesAnEmptyFolderHas() throws IOException {
    Path mount = Files.createDirectories(root().resolve("mount"));
    try (OpenSources open = open(root())) {
      assertThatExceptionOfType(UserError.class)
          .isThrownBy(() -> open.file(mount.toString(), FILE, () -> {}))
          .withMessage(mount + " is empty: mount it");
      assertThat(open.trouble(mount.toString())).hasValue(mount + " is empty: mount it");
    }
  }

  @Test
  void opensFoldersWhereThisMachineHasThem() throws IOException {
    var sources = new Sources(Rules.standard(), folder.resolve("git"), Clock.systemUTC());
    MountMap mounts = MountMap.of(List.of("/claimed=" + root(), "/claimed/out=" + at("outside")));
    try (var open = new OpenSources(sources, List.of(root()), List.of(), mounts)) {
      assertThat(text(open.file("/claimed/docs", FILE, () -> {}))).isEqualTo("of root/docs");
      assertThat(open.trouble("/claimed")).isEmpty();
      assertThat(open.trouble("/claimed/out").orElseThrow()).contains("is not below --roots");
      assertThat(open.trouble("/claimed-not").orElseThrow()).startsWith("/claimed-not");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/a", "a=/b", "/a=b", "/a=/b=/c", ""})
  void refusesWhatMapsNothing(String option) {
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> MountMap.of(List.of(option)))
        .withMessageContaining("write it like /data=/mnt/data");
  }

  @Test
  void saysThatAFolderBelowARootIsNotThere() {
    try (OpenSources open = open(root())) {
      assertThat(open.trouble(at("root/nothing")))
          .hasValue(at("root/nothing") + " is not there: mount it");
    }
  }

  @Test
  void servesMoreSourcesThanItKeepsOpen() throws IOException {
    try (OpenSources open = open()) {
      for (int i = 0; i < 40; i++) {
        Path one = Files.createDirectories(folder.resolve("many/" + i));
        Files.writeString(one.resolve("file.txt"), "number " + i);
        assertThat(text(open.file(one.toString(), FILE, () -> {}))).isEqualTo("number " + i);
      }

      assertThat(text(open.file(at("many/0"), FILE, () -> {}))).isEqualTo("number 0");
    }
  }

  @Test
  void aFetchDoesNotHoldUpOtherSources() throws Exception {
    try (OpenSources open = open();
        var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String silent = "git://127.0.0.1:%s/a.git".formatted(server.getLocalPort());
      FutureTask<Optional<Listed.File>> fetching = started(() -> open.file(silent, FILE, () -> {}));
      try (Socket asked = server.accept()) {
        FutureTask<String> other = started(() -> text(open.file(at("root/docs"), FILE, () -> {})));

        assertThat(other.get(30, TimeUnit.SECONDS)).isEqualTo("of root/docs");
        assertThat(fetching.isDone()).isFalse();
        assertThat(asked.isConnected()).isTrue();
        server.close();
      }
      assertThatExceptionOfType(ExecutionException.class)
          .isThrownBy(() -> fetching.get(90, TimeUnit.SECONDS))
          .withMessageContaining("cannot fetch");
    }
  }

  @Test
  void pagesOfOwnSitesAreOpenedOnlyBelowRootsThatNameThem() throws IOException {
    try (var site = new FakeSite()) {
      site.page("/a", "text").status("/b", 302, Map.of("Location", "/a"));
      String location = site.location("/sitemap.xml");
      var sites = List.of(WebAddress.of(site.location("/")));
      DocumentId page = DocumentId.of("/b");
      var sources = new Sources(Rules.standard(), folder.resolve("git"), Clock.systemUTC());

      try (var open = new OpenSources(sources, List.of(folder), List.of(), MountMap.NONE)) {
        assertThatExceptionOfType(UserError.class)
            .isThrownBy(() -> open.file(location, page, () -> {}))
            .withMessageContaining("is not below --roots")
            .withMessageContaining("127.0.0.1 is not a public host");
        assertThatExceptionOfType(UserError.class)
            .isThrownBy(() -> open.file("web:http://no-such-host.invalid/", page, () -> {}))
            .withMessageContaining("unknown host no-such-host.invalid");
        assertThat(site.requests).isEmpty();
      }
      try (var open = new OpenSources(sources, List.of(folder), List.of(), sites, MountMap.NONE)) {
        assertThat(text(open.file(location, page, () -> {}))).isEqualTo("text");
        assertThatExceptionOfType(UserError.class)
            .isThrownBy(() -> open.file("web:http://127.0.0.1:1/", page, () -> {}))
            .withMessageContaining("is not below --roots");
      }
    }
  }

  @Test
  void tellsThatAFetchGoesOn() throws Exception {
    repository(root());
    var moves = new AtomicInteger();
    try (OpenSources open = open()) {
      assertThat(
              open.file(
                  "file://" + root(), new DocumentId("docs/file.txt"), moves::incrementAndGet))
          .isPresent();
    }
    assertThat(moves.get()).isPositive();
  }

  private static <T> FutureTask<T> started(Callable<T> work) {
    var task = new FutureTask<>(work);
    Thread.ofPlatform().daemon().start(task);
    return task;
  }
}
