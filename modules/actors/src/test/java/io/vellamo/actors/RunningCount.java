package io.vellamo.actors;

import io.vellamo.api.group.FlatMapGroupsWithStateFunction;
import io.vellamo.api.group.GroupState;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;

/** Counts a word's occurrences; forgets the word at the third and emits nothing then. */
final class RunningCount
    implements FlatMapGroupsWithStateFunction<String, String, Integer, RunningCount.Count> {
  /** A word and how often it was seen. */
  record Count(String word, int count) {}

  static Count count(String word, int count) {
    return new Count(word, count);
  }

  @Override
  public Iterator<Count> call(String word, Iterator<String> events, GroupState<Integer> state) {
    int count = state.optional().orElse(0);
    while (events.hasNext()) {
      events.next();
      count++;
    }
    if (count == 3) {
      state.remove();
      return Collections.emptyIterator();
    }
    state.update(count);
    return List.of(count(word, count)).iterator();
  }
}
