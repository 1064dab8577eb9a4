package brimful.opensearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import brimful.corpus.UserError;
import brimful.store.LockWait;
import brimful.testing.OpenSearchContainer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class ClusterLeaseTest {
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
}
