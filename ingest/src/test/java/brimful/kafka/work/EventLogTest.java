package brimful.kafka.work;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import brimful.kafka.Brokers;
import brimful.kafka.Pipelines;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EventLogTest {
  @TempDir Path folder;

  private static List<String> read(EventLog eventLog) {
    var texts = new ArrayList<String>();
    eventLog.read((place, bytes) -> texts.add(place + " " + new String(bytes, UTF_8)));
    return texts;
  }

  @Test
  void allWorkersReadTheSameOrder() {
    try (var pipeline = new Pipelines(Brokers.dev().bootstrap(), folder);
        var one = new EventLog(pipeline.cluster(), "order");
        var two = new EventLog(pipeline.cluster(), "order")) {
      for (int i = 0; i < 10; i++) {
        long place = (i % 2 == 0 ? one : two).add(Integer.toString(i).getBytes(UTF_8));
        assertThat(place).isEqualTo(i);
      }

      List<String> entries = read(one);

      assertThat(entries).hasSize(10).first().isEqualTo("0 0");
      assertThat(read(two)).isEqualTo(entries);
      assertThat(read(one)).isEmpty();
    }
  }

  @Test
  void whoeverComesBackGoesOnWhereItWas() {
    try (var pipeline = new Pipelines(Brokers.dev().bootstrap(), folder);
        var one = new EventLog(pipeline.cluster(), "again")) {
      long _ = one.add("before".getBytes(UTF_8));
      long place = one.add("after".getBytes(UTF_8));

      try (var back = new EventLog(pipeline.cluster(), "again")) {
        back.seek(place);
        var texts = new ArrayList<String>();
        back.readThrough(place, (_, bytes) -> texts.add(new String(bytes, UTF_8)));

        assertThat(texts).containsExactly("after");
        assertThat(back.id()).isEqualTo(one.id());
      }
    }
  }
}
