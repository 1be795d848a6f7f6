package io.vellamo.engine.group;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/** Division of a list into runs of bounded size, to respect the size limits of journals. */
public final class Pieces {
  private Pieces() {}

  /**
   * Returns the elements of a list in runs, in order. A run exceeds {@code maxSize} only if it is a
   * single element.
   *
   * @param all the list; if it is empty, the result is one empty run
   * @param size the size of an element
   * @param maxSize the maximum sum of the sizes of a run
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
