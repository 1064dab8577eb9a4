package brimful.http;

import com.fasterxml.jackson.databind.node.IntNode;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Requests with the same key, in every order in which threads can take turns.
public final class IdempotencyCacheInterleavingTest {
  private final IdempotencyCache idempotencyCache = new IdempotencyCache();
  private final AtomicInteger made = new AtomicInteger();

  /// Returns which answer it was: that of the first request.
  @Operation
  public int once() {
    return idempotencyCache
        .once("key", "request", () -> IntNode.valueOf(made.incrementAndGet()))
        .orElseThrow()
        .asInt();
  }

  /// Returns 0, since the key is taken, or what is made of it.
  @Operation
  public int other() {
    return idempotencyCache
        .once("key", "other request", () -> IntNode.valueOf(made.incrementAndGet()))
        .map(IntNode.class::cast)
        .map(IntNode::asInt)
        .orElse(0);
  }

  @Operation
  public boolean failing() {
    try {
      return idempotencyCache
          .once(
              "failing",
              "request",
              () -> {
                throw new IllegalStateException("on purpose");
              })
          .isPresent();
    } catch (IllegalStateException e) {
      return false;
    }
  }

  @Test
  void aRequestCountsOnceInEveryOrder() {
    check(2, 50);
  }

  @Test
  @Tag("slow")
  void aRequestCountsOnceInManyMoreOrders() {
    check(50, 5_000);
  }

  private static void check(int scenarios, int orders) {
    new ModelCheckingOptions()
        .iterations(scenarios)
        .invocationsPerIteration(orders)
        .threads(3)
        .actorsPerThread(2)
        .checkObstructionFreedom(false)
        .check(IdempotencyCacheInterleavingTest.class);
  }
}
