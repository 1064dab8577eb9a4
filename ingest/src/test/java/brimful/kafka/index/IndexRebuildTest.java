package brimful.kafka.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import brimful.corpus.DocumentId;
import brimful.corpus.UserError;
import brimful.index.LuceneIndex;
import brimful.kafka.record.Revisions;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;

final class IndexRebuildTest extends IndexWorkerFixture {
  private void rebuild(String... skipped) {
    try (var rebuild =
        new IndexRebuild(pipeline.cluster(), config(pipeline.indexes(), "index", skipped))) {
      rebuild.run();
    }
  }

  @Test
  void aRebuildTakesThePlaceOfTheOldIndexesAndIsGoneOnFrom() throws IOException {
    List<String> texts = publishSome(BOOKS, 12);
    pipeline.index();
    String name = ReplicaName.of(pipeline.indexes());
    // What is in no topic is gone afterwards.
    try (LuceneIndex index =
        LuceneIndex.open(CollectionIndexes.folder(pipeline.indexes(), BOOKS), "estimate")) {
      index.remove(new DocumentId("file3"));
      index.commit(index.notes());
    }
    assertThat(texts(pipeline.indexes(), BOOKS)).hasSize(11);

    rebuild();
    publish(BOOKS, "later", 0, "later");
    pipeline.index();

    texts.add("later");
    assertThat(texts(pipeline.indexes(), BOOKS)).containsExactlyInAnyOrderElementsOf(texts);
    assertThat(ReplicaName.of(pipeline.indexes())).isEqualTo(name);
    assertThat(folder.resolve("collections.rebuilt")).doesNotExist();
    assertThat(folder.resolve("collections.replaced")).doesNotExist();
  }

  @Test
  void aRebuildThatLacksSomethingLeavesTheOldIndexes() throws Exception {
    List<String> texts = publishSome(BOOKS, 5);
    pipeline.index();
    String at = publishNewer(Revisions.of(BOOKS, "file1", NOW + 9, "newer"));

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(this::rebuild)
        .withMessageContaining("the old ones stay in use")
        .withMessageContaining(at);

    assertThat(texts(pipeline.indexes(), BOOKS)).containsExactlyInAnyOrderElementsOf(texts);
    rebuild(at);
    assertThat(texts(pipeline.indexes(), BOOKS)).containsExactlyInAnyOrderElementsOf(texts);
  }

  @Test
  void aRebuildFromATopicWithoutACollectionLeavesTheOldIndexes() throws Exception {
    List<String> texts = publishSome(BOOKS, 5);
    pipeline.index();
    try (Admin admin = Admin.create(pipeline.cluster().connection().admin())) {
      admin.deleteTopics(List.of(topic())).all().get();
      pipeline.cluster().topics().ensure(admin);
    }

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(this::rebuild)
        .withMessageContaining("collection books@estimate is not in the topic");

    assertThat(texts(pipeline.indexes(), BOOKS)).containsExactlyInAnyOrderElementsOf(texts);
  }

  @Test
  void aSwapThatAKillInterruptedIsCompleted() throws IOException {
    List<String> texts = publishSome(BOOKS, 5);
    pipeline.index();
    Files.move(pipeline.indexes(), folder.resolve("collections.rebuilt"));

    IndexRebuild.recover(pipeline.indexes());

    assertThat(texts(pipeline.indexes(), BOOKS)).containsExactlyInAnyOrderElementsOf(texts);
  }
}
