package io.vellamo.replay;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** The earliest differences up to a limit, by epoch and key. */
final class Differences<T> {
  private final int limit;
  private final TreeSet<T> kept;

  Differences(int limit, ToLongFunction<T> epoch, Function<T, JsonNode> key) {
    this.limit = limit;
    this.kept =
        new TreeSet<>(
            Comparator.comparingLong(epoch)
                .thenComparing(difference -> key.apply(difference).toString()));
  }

  void add(T difference) {
    kept.add(difference);
    if (kept.size() > limit) {
      kept.pollLast();
    }
  }

  List<T> inOrder() {
    return List.copyOf(kept);
  }
}
