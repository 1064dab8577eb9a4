package brimful.dense;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// Makes a thing when it is first wanted, once.
final class Lazy<T> implements Supplier<T> {
  private final Supplier<T> maker;

  /// Empty until it is made.
  private final List<T> made = new ArrayList<>(1);

  Lazy(Supplier<T> maker) {
    this.maker = maker;
  }

  @Override
  public synchronized T get() {
    if (made.isEmpty()) {
      made.add(maker.get());
    }
    return made.getFirst();
  }
}
