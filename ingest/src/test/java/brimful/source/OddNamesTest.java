package brimful.source;

import static brimful.source.Listings.read;
import static brimful.source.Listings.text;
import static brimful.source.Listings.write;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import brimful.corpus.DocumentId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.TreeFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Names that are no text, or have signs of ours.
final class OddNamesTest {
  private static final PersonIdent WHO = new PersonIdent("A", "a@example.org");

  @TempDir private Path temp;

  private Source open(String location) {
    return new Sources(Rules.standard(), temp.resolve("cache"), Listings.CLOCK).open(location);
  }

  @Test
  void readsNamesOfAnyBytesInATree() throws Exception {
    Path odd = temp.resolve("odd.git");
    var names = new ArrayList<byte[]>();
    for (String name : List.of("Maß-\u0092.txt", "a\\x41", "a\nb", "plain", "wow!", "~2")) {
      names.add(name.getBytes(ISO_8859_1));
      names.add((name + "設").getBytes(UTF_8));
    }
    try (Git git = Git.init().setBare(true).setDirectory(odd.toFile()).call()) {
      commitNames(git.getRepository(), names);
    }

    try (Source source = open(odd.toString())) {
      var listed = source.list();

      assertThat(listed.stream().map(one -> new String(one.id().path(), ISO_8859_1)))
          .hasSize(names.size())
          .containsAll(names.stream().map(name -> "wow!/" + new String(name, ISO_8859_1)).toList());
      assertThat(read(source)).contains("wow\\x21/Ma\\xDF-\\x92.txt", "wow\\x21/Maß-\\u{92}.txt設");
      for (Listed file : listed) {
        assertThat(text(source.file(file.id()).orElseThrow())).isEqualTo(text((Listed.File) file));
      }
      assertThat(source.file(new DocumentId("wow!/plain"))).isEmpty();
      assertThat(source.file(new DocumentId("wow\\x21/plain/plain"))).isEmpty();
      assertThat(source.file(new DocumentId("wow!"))).isEmpty();
    }
  }

  /// Commits a file of each name in a folder `wow!`; a file's text is its number.
  private static void commitNames(Repository repository, List<byte[]> names) throws Exception {
    try (ObjectInserter inserter = repository.newObjectInserter()) {
      names.sort(Arrays::compareUnsigned);
      var folder = new TreeFormatter();
      for (byte[] name : names) {
        byte[] text = Integer.toString(names.indexOf(name)).getBytes(UTF_8);
        folder.append(name, FileMode.REGULAR_FILE, inserter.insert(Constants.OBJ_BLOB, text));
      }
      var top = new TreeFormatter();
      top.append("wow!", FileMode.TREE, inserter.insert(folder));
      var commit = new CommitBuilder();
      commit.setTreeId(inserter.insert(top));
      commit.setAuthor(WHO);
      commit.setCommitter(WHO);
      ObjectId id = inserter.insert(commit);
      inserter.flush();
      var update = repository.updateRef(Constants.HEAD);
      update.setNewObjectId(id);
      update.update();
    }
  }

  @Test
  void theNamesOfJoinedPartsAreEscapedToo() {
    write(temp, "part/a!/b.txt", "x");
    var parts = new TreeMap<String, Source>();
    parts.put("wow!", open(temp.resolve("part").toString()));
    parts.put("line\nbreak", open(temp.resolve("part").toString()));

    try (var joined = new JoinedSource(parts)) {
      assertThat(read(joined))
          .containsExactly("line\\x0Abreak/a\\x21/b.txt", "wow\\x21/a\\x21/b.txt");
      assertThat(joined.file(new DocumentId("wow\\x21/a\\x21/b.txt"))).isPresent();
    }
  }
}
