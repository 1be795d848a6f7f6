package io.vellamo.engine.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.engine.group.StoredValue;
import io.vellamo.engine.journal.JournalLimits;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A broker that delivers again whatever it has no acknowledgement of, sometimes even what it has,
 * and a query that commits what it has read: whatever crashes, each message counts exactly once,
 * and one that has been acknowledged is never lost.
 */
final class InboxCrashTest {
  private static final int MESSAGES = 100;
  private static final int REMEMBERED = 40;
  private static final int MOST_STEPS = 100_000;

  private final StoredInbox inbox =
      new StoredInbox(new InboxLimits(7, REMEMBERED, new JournalLimits(120, 60, 200, false)));
  // The broker's side: messages it has no acknowledgement of, and tickets of what it has sent.
  private final List<String> unacknowledged = new ArrayList<>();
  private final List<String> acknowledged = new ArrayList<>();
  private final Map<Long, String> sent = new LinkedHashMap<>();
  private long lastTicket;
  // The query's side, which survives crashes: what it has counted, and up to where.
  private final List<String> counted = new ArrayList<>();
  private long committed = -1;

  static IntStream seeds() {
    return IntStream.range(0, 300);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void crashesAtAnyPoint_neitherLoseNorRepeatAMessage(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    IntStream.range(0, MESSAGES).forEach(i -> unacknowledged.add("m" + i));
    restart();
    for (int step = 0; !unacknowledged.isEmpty() || counted.size() < MESSAGES; step++) {
      assertThat(step).as("steps of seed %d", seed).isLessThan(MOST_STEPS);
      switch (random.nextInt(8)) {
        case 0, 1 -> send(random);
        case 2, 3 -> {
          if (!inbox.writes.isEmpty()) {
            inbox.write();
            takeAnswers(random);
          }
        }
        case 4, 5 -> commit(random);
        case 6 -> {
          if (random.nextInt(4) == 0) {
            crash(random);
          }
        }
        default -> inbox.committed(Math.max(0, committed));
      }
    }

    assertThat(counted)
        .as("seed %d", seed)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, MESSAGES).mapToObj(i -> "m" + i).toList());
  }

  private void restart() {
    sent.clear();
    inbox.stored.clear();
    inbox.duplicates.clear();
    inbox.start(committed < 0 ? OptionalLong.empty() : OptionalLong.of(committed));
  }

  private void crash(SplittableRandom random) {
    if (!inbox.writes.isEmpty() && random.nextBoolean()) {
      // Written, but nobody is told.
      inbox.append();
    }
    restart();
  }

  /** Sends one of the first messages, or a batch of them, some twice, some that are old news. */
  private void send(SplittableRandom random) {
    List<Offer> offers = new ArrayList<>();
    int count = random.nextInt(4);
    for (int i = 0; i < count; i++) {
      if (!unacknowledged.isEmpty()) {
        int window = Math.min(unacknowledged.size(), 3);
        offers.add(offer(unacknowledged.get(random.nextInt(window))));
      }
      if (!acknowledged.isEmpty() && random.nextInt(4) == 0) {
        // The acknowledgement was lost. It is among the last that are stored.
        int last = Math.min(acknowledged.size(), REMEMBERED / 2);
        offers.add(offer(acknowledged.get(acknowledged.size() - 1 - random.nextInt(last))));
      }
    }
    inbox.offer(offers.toArray(Offer[]::new));
    takeAnswers(random);
  }

  private Offer offer(String id) {
    sent.put(++lastTicket, id);
    return new Offer(lastTicket, id, new StoredValue("e", id.getBytes(StandardCharsets.UTF_8)));
  }

  /** Acknowledges what is durable; an acknowledgement may get lost. */
  private void takeAnswers(SplittableRandom random) {
    List<Long> durable = new ArrayList<>(inbox.stored);
    durable.addAll(inbox.duplicates);
    inbox.stored.clear();
    inbox.duplicates.clear();
    for (long ticket : durable) {
      String id = sent.remove(ticket);
      if (random.nextInt(5) > 0 && unacknowledged.remove(id)) {
        acknowledged.add(id);
      }
    }
  }

  /** Counts some of what the inbox holds; the count and the offset are committed together. */
  private void commit(SplittableRandom random) {
    InboxEvents events = inbox.events();
    if (!inbox.isOpened || events.length() == 0) {
      return;
    }
    long from = Math.max(committed, events.first());
    long until = Math.min(events.end(), from + random.nextInt(4));
    List<StoredValue> read = events.range(from, until);
    assertThat(read).hasSize(Math.toIntExact(until - from));
    read.forEach(event -> counted.add(new String(event.bytes(), StandardCharsets.UTF_8)));
    committed = until;
    if (random.nextBoolean()) {
      inbox.committed(committed);
    }
  }
}
