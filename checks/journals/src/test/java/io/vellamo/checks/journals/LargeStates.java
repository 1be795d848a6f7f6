package io.vellamo.checks.journals;

import io.vellamo.api.group.FlatMapGroupsWithStateFunction;
import io.vellamo.api.group.GroupState;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.Trigger;
import io.vellamo.connectors.memory.MemorySink;
import io.vellamo.connectors.memory.MemorySource;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** A query whose groups keep large texts, and emit large rows. */
final class LargeStates {
  /** A row: the text that was kept, and the one that is kept now. */
  record Exchange(String key, String before, String after) {}

  /** A state. */
  record Kept(String text) {}

  private static final int KEYS = 40;
  private static final int TEXT_LENGTH = 500_000;

  private final MemorySource<String> keys = MemorySource.create();
  private final MemorySink<Exchange> exchanges = MemorySink.create();

  /** Runs one epoch in which every group takes the next text; returns its rows. */
  List<Exchange> runEpoch(TestedJournal journal) throws InterruptedException {
    exchanges.clear();
    keys.addTo(0, allKeys());
    try (TestSystem system = TestSystem.start(journal, "vellamo.query.shards = 2")) {
      system
          .vellamo()
          .query("large")
          .from(keys)
          .groupByKey(key -> key)
          .flatMapGroupsWithState(
              OutputMode.UPDATE, GroupStateTimeout.NONE, Kept.class, new ExchangeTexts())
          .to(exchanges)
          .trigger(Trigger.once())
          .start()
          .awaitTermination();
    }
    return exchanges.rows();
  }

  /** Returns the rows of an epoch, from 1. */
  static List<Exchange> expected(int epoch) {
    return allKeys().stream()
        .map(key -> new Exchange(key, epoch == 1 ? "" : text(key, epoch - 1), text(key, epoch)))
        .toList();
  }

  private static List<String> allKeys() {
    return IntStream.range(0, KEYS).mapToObj(i -> "k" + i).toList();
  }

  /** Returns a text of a group that no compression makes much shorter. */
  private static String text(String key, int number) {
    SplittableRandom random = new SplittableRandom(key.hashCode() * 31L + number);
    StringBuilder text = new StringBuilder(TEXT_LENGTH).append(number).append(' ');
    while (text.length() < TEXT_LENGTH) {
      text.append((char) random.nextInt('0', 'z'));
    }
    return text.toString();
  }

  private static final class ExchangeTexts
      implements FlatMapGroupsWithStateFunction<String, String, Kept, Exchange> {
    @Override
    public Iterator<Exchange> call(String key, Iterator<String> events, GroupState<Kept> state) {
      String before = state.optional().map(Kept::text).orElse("");
      int number = before.isEmpty() ? 0 : Integer.parseInt(before, 0, before.indexOf(' '), 10);
      String after = text(key, number + 1);
      state.update(new Kept(after));
      return List.of(new Exchange(key, before, after)).iterator();
    }
  }
}
