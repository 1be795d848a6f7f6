package io.vellamo.engine.group;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/** Cuts a list into runs of bounded size, so that any journal's limits hold. */
public final class Pieces {
  private Pieces() {}

  /**
   * Returns a list in runs, in order: each at most as large as allowed, but at least one element.
   *
   * @param all what is cut; a run of an empty list is empty
   * @param size the size of an element
   * @param maxSize the most that the elements of a run add up to
   */
  public static <T> List<List<T>> of(List<T> all, ToLongFunction<T> size, long maxSize) {
    List<List<T>> runs = new ArrayList<>();
    int from = 0;
    long total = 0;
    for (int i = 0; i < all.size(); i++) {
      long next = size.applyAsLong(all.get(i));
      if (i > from && total + next > maxSize) {
        runs.add(all.subList(from, i));
        from = i;
        total = 0;
      }
      total += next;
    }
    runs.add(all.subList(from, all.size()));
    return runs;
  }
}
