package brimful.index.term;

import java.util.Arrays;

/// Counts of terms, weighted by where they occur.
///
/// A hash table over one growing array of characters, filled, read and cleared for every chunk
/// without garbage. For one thread.
public final class TermCounts implements TermAnalyzer.Sink {
  private final TermAnalyzer termAnalyzer = new TermAnalyzer(this);
  private int[] table = new int[2048];
  private int[] ends = new int[1024];
  private int[] hashes = new int[1024];
  private int[] counts = new int[1024];
  private char[] chars = new char[8192];
  private int size;
  private int weight;
  private long total;

  /// Adds the terms of a text, each occurrence counting `weight` times.
  public void add(String text, int occurrenceWeight) {
    weight = occurrenceWeight;
    termAnalyzer.split(text);
  }

  /// Returns how many different terms it holds.
  public int size() {
    return size;
  }

  /// Returns the sum of all counts.
  public long total() {
    return total;
  }

  public int count(int term) {
    return counts[term];
  }

  public String text(int term) {
    return new String(chars, start(term), ends[term] - start(term));
  }

  /// Copies a term's characters to the start of `target`; returns how many.
  public int copy(int term, char[] target) {
    int start = start(term);
    System.arraycopy(chars, start, target, 0, ends[term] - start);
    return ends[term] - start;
  }

  public void clear() {
    if (size > table.length / 8) {
      Arrays.fill(table, 0);
    } else {
      for (int term = 0; term < size; term++) {
        table[slot(term)] = 0;
      }
    }
    size = 0;
    total = 0;
  }

  @Override
  public void term(char[] term, int length) {
    total += weight;
    int hash = 0;
    for (int i = 0; i < length; i++) {
      hash = 31 * hash + term[i];
    }
    int mask = table.length - 1;
    int slot = spread(hash) & mask;
    while (table[slot] != 0) {
      int known = table[slot] - 1;
      if (hashes[known] == hash
          && Arrays.equals(chars, start(known), ends[known], term, 0, length)) {
        counts[known] += weight;
        return;
      }
      slot = (slot + 1) & mask;
    }
    insert(slot, hash, term, length);
  }

  private void insert(int slot, int hash, char[] term, int length) {
    if (size == ends.length) {
      ends = Arrays.copyOf(ends, 2 * size);
      hashes = Arrays.copyOf(hashes, 2 * size);
      counts = Arrays.copyOf(counts, 2 * size);
    }
    int start = start(size);
    if (start + length > chars.length) {
      chars = Arrays.copyOf(chars, 2 * chars.length + length);
    }
    System.arraycopy(term, 0, chars, start, length);
    ends[size] = start + length;
    hashes[size] = hash;
    counts[size] = weight;
    table[slot] = ++size;
    if (2 * size > table.length) {
      table = new int[2 * table.length];
      for (int known = 0; known < size; known++) {
        int free = spread(hashes[known]) & (table.length - 1);
        while (table[free] != 0) {
          free = (free + 1) & (table.length - 1);
        }
        table[free] = known + 1;
      }
    }
  }

  private int slot(int term) {
    int slot = spread(hashes[term]) & (table.length - 1);
    // A term cleared before may have left a gap in this one's probe sequence; gaps are skipped.
    while (table[slot] != term + 1) {
      slot = (slot + 1) & (table.length - 1);
    }
    return slot;
  }

  private int start(int term) {
    return term == 0 ? 0 : ends[term - 1];
  }

  private static int spread(int hash) {
    int mixed = hash * 0x9E3779B9;
    return mixed ^ (mixed >>> 15);
  }
}
