package brimful.pack;

/// A heap of [Keys], best on top.
final class KeyHeap {
  private final long[] keys;
  private int size = 0;

  KeyHeap(int capacity) {
    keys = new long[capacity];
  }

  boolean isEmpty() {
    return size == 0;
  }

  void push(long key) {
    int i = size++;
    while (i > 0 && keys[(i - 1) / 2] > key) {
      keys[i] = keys[(i - 1) / 2];
      i = (i - 1) / 2;
    }
    keys[i] = key;
  }

  long pop() {
    long top = keys[0];
    long last = keys[--size];
    int i = 0;
    for (int child = 1; child < size; child = 2 * i + 1) {
      if (child + 1 < size && keys[child + 1] < keys[child]) {
        child++;
      }
      if (keys[child] >= last) {
        break;
      }
      keys[i] = keys[child];
      i = child;
    }
    keys[i] = last;
    return top;
  }
}
