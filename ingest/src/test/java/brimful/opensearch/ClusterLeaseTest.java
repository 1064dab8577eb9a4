package brimful.opensearch;

import static brimful.index.ChunkIndexContract.item;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import brimful.corpus.UserError;
import brimful.store.LockWait;
import brimful.testing.ClusterProxy;
import brimful.testing.OpenSearchContainer;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class ClusterLeaseTest {
  private static final ClusterLease.Times SHORT =
      new ClusterLease.Times(
          Duration.ofMillis(200),
          Duration.ofMillis(100),
          Duration.ofSeconds(1),
          Duration.ofSeconds(4));

  private final List<String> told = new ArrayList<>();

  private static OpenSearchCluster cluster() {
    var address = OpenSearchAddress.of(OpenSearchContainer.option(), Map.of());
    OpenSearchCluster cluster = OpenSearchCluster.open(address, Duration.ofSeconds(10));
    cluster.create();
    return cluster;
  }

  @Test
  void oneProcessHasItUntilItEnds() {
    try (OpenSearchCluster cluster = cluster()) {
      assertThat(cluster.isWritten()).isFalse();
      try (ClusterLease _ = cluster.lease(LockWait.NONE)) {
        assertThat(cluster.isWritten()).isTrue();
        assertThatThrownBy(() -> cluster.lease(LockWait.NONE))
            .isInstanceOfSatisfying(
                UserError.class, e -> assertThat(e.kind()).isEqualTo(UserError.Kind.BUSY))
            .hasMessageContaining("another index worker writes http://");
      }
      assertThat(cluster.isWritten()).isFalse();
      try (ClusterLease _ = cluster.lease(new LockWait(Duration.ZERO, told::add))) {
        assertThat(told).isEmpty();
      }
    }
  }

  @Tag("slow")
  @Test
  void anotherTakesOverWhatIsNoLongerRenewed() {
    try (OpenSearchCluster cluster = cluster();
        ClusterLease killed = cluster.lease(LockWait.NONE)) {
      killed.stop();

      try (ClusterLease _ = cluster.lease(new LockWait(Duration.ofMinutes(2), told::add))) {
        assertThat(told).singleElement().asString().contains("ended a moment ago: waiting");
      }
    }
  }

  @Tag("slow")
  @Test
  void aWriterThatLostItWritesNoMore() throws Exception {
    try (OpenSearchCluster cluster = cluster();
        ClusterLease _ = cluster.lease(LockWait.NONE);
        OpenSearchIndex index = cluster.index("docs", "estimate")) {
      index.put(item("a", "kept"));
      index.commit();

      var another = new ObjectMapper().createObjectNode().put("owner", "another");
      cluster.change("~lease", _ -> Optional.of(another));

      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 300; i++) {
                  TimeUnit.MILLISECONDS.sleep(100);
                  index.put(item("b", "late"));
                  index.commit();
                }
              })
          .isInstanceOfSatisfying(
              UserError.class, e -> assertThat(e.kind()).isEqualTo(UserError.Kind.BUSY))
          .hasMessageContaining("another index worker has taken over");
    }
  }

  @Tag("slow")
  @Timeout(60)
  @Test
  void endsAtOnceWhileTheClusterIsAway() throws Exception {
    try (var proxy = new ClusterProxy();
        var cluster =
            OpenSearchCluster.open(
                OpenSearchAddress.of(proxy.option(), Map.of()), Duration.ofMinutes(4))) {
      cluster.create();
      ClusterLease lease = cluster.lease(LockWait.NONE);
      proxy.away(true);
      proxy.taken();
      while (proxy.taken().isEmpty()) {
        TimeUnit.MILLISECONDS.sleep(50);
      }

      lease.close();

      proxy.away(false);
      assertThat(cluster.isWritten()).isTrue();
    }
  }

  /// Waits until there were so many requests that begin so, and forgets them.
  private static void await(ClusterProxy proxy, String request, int times) throws Exception {
    for (int seen = 0; seen < times; ) {
      TimeUnit.MILLISECONDS.sleep(20);
      seen += (int) proxy.taken().stream().filter(one -> one.startsWith(request)).count();
    }
  }

  @Timeout(120)
  @Test
  void whatWasNotSeenInAnOutageIsNotLost() throws Exception {
    try (var proxy = new ClusterProxy();
        var here =
            OpenSearchCluster.open(
                OpenSearchAddress.of(proxy.direct(), Map.of()), Duration.ofMinutes(1));
        var there =
            OpenSearchCluster.open(
                OpenSearchAddress.of(proxy.option(), Map.of()), Duration.ofMinutes(1));
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      here.create();
      ClusterLease holder = here.lease(LockWait.NONE, SHORT);
      holder.stop();
      String look = "GET " + proxy.path("commits") + "/_doc/%7Elease";
      Future<ClusterLease> standby =
          threads.submit(() -> there.lease(new LockWait(Duration.ofMinutes(2), told::add), SHORT));
      await(proxy, look, 1);
      proxy.away(true);
      TimeUnit.NANOSECONDS.sleep(2 * SHORT.lostAfter().toNanos());
      proxy.taken();
      proxy.away(false);
      await(proxy, look, 2);

      // It comes back a moment later than the one who waits.
      holder.renew();

      here.index("docs", "estimate").claim();
      assertThat(standby.isDone()).isFalse();
      standby.get().close();
    }
  }

  @Timeout(120)
  @Test
  void whoCannotRenewItWaitsWithWhatHeWrites() throws Exception {
    try (var proxy = new ClusterProxy();
        var cluster =
            OpenSearchCluster.open(
                OpenSearchAddress.of(proxy.option(), Map.of()), Duration.ofMinutes(1));
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      cluster.create();
      String renewal = "PUT " + proxy.path("commits") + "/_doc/%7Elease";
      try (ClusterLease _ = cluster.lease(LockWait.NONE, SHORT);
          OpenSearchIndex index = cluster.index("docs", "estimate")) {
        index.put(item("a", "kept"));
        index.commit();
        proxy.awayFor(request -> request.contains("%7Elease"));
        TimeUnit.NANOSECONDS.sleep(SHORT.lostAfter().toNanos());
        await(proxy, renewal, 1);
        Future<?> written =
            threads.submit(() -> {
              index.put(item("b", "late"));
              index.commit();
            });

        for (int renewals = 0; renewals < 3; ) {
          TimeUnit.MILLISECONDS.sleep(20);
          Queue<String> requests = proxy.taken();
          assertThat(requests).allMatch(request -> request.contains("%7Elease"));
          renewals += (int) requests.stream().filter(one -> one.startsWith(renewal)).count();
        }
        assertThat(written.isDone()).isFalse();
        proxy.away(false);
        written.get();
      }
      assertThat(cluster.isWritten()).isFalse();
    }
  }
}
