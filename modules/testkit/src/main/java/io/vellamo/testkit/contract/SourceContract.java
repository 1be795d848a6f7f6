package io.vellamo.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vellamo.api.source.EventSource;
import io.vellamo.api.source.OffsetRange;
import io.vellamo.api.source.Offsets;
import io.vellamo.api.source.RangeReader;
import io.vellamo.api.source.SourceContext;
import io.vellamo.api.source.SourcePartition;
import io.vellamo.api.source.SourceReader;
import io.vellamo.testkit.ManualClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The laws of {@link SourceReader}, as tests that a source's own test class inherits.
 *
 * <p><b>Order</b> Each test calls {@link #createSource} once, opens the source, and calls {@link
 * #addEvents} while it is open.
 *
 * @param <T> the events; equal when read twice
 * @since 0.1
 */
public abstract class SourceContract<T> {
  private static final int EVENTS = 20;

  private final Semaphore signals = new Semaphore(0);
  // Set before each test.
  private ManualClock clock;
  private EventSource<T> source;
  private SourceReader<T> reader;

  /** For subclasses. */
  protected SourceContract() {}

  /**
   * Creates the source under test.
   *
   * @param clock the clock that queries will give to the source
   * @return a source, preferably without events
   * @throws Exception if it can't be created
   */
  protected abstract EventSource<T> createSource(ManualClock clock) throws Exception;

  /**
   * Adds events to the source. The source may see them later if it signals them then.
   *
   * @param count the number of events, positive
   * @throws Exception if they can't be added
   */
  protected abstract void addEvents(int count) throws Exception;

  @BeforeEach
  final void open() throws Exception {
    clock = ManualClock.at(Instant.parse("2026-11-22T00:00:00Z"));
    source = createSource(clock);
    reader = open(Offsets.none());
    reader.plan(Offsets.none(), reader.latest(), Long.MAX_VALUE);
  }

  @AfterEach
  final void close() {
    reader.close();
  }

  @Test
  final void description_isForPeople() {
    assertThat(source.description()).as("EventSource.description()").isNotBlank();
  }

  @Test
  final void plan_withoutNewEvents_isEmpty() throws Exception {
    List<OffsetRange> all = addAndPlan();
    Offsets end = Offsets.none().advance(all);

    List<OffsetRange> more = reader.plan(end, reader.latest(), Long.MAX_VALUE);

    assertThat(more).as("a plan from the end of the source").isEmpty();
  }

  @Test
  final void plan_withoutLimit_reachesTheEnd() throws Exception {
    List<OffsetRange> all = addAndPlan();

    assertThat(Offsets.none().advance(all).asMap())
        .as("the end of a plan without limit, against latest()")
        .isEqualTo(reader.latest().asMap());
    assertThat(Entry.readAll(reader, all)).as("entries of [%d] events", EVENTS).hasSize(EVENTS);
  }

  @Test
  final void plan_withLimit_staysWithinItAndTiles() throws Exception {
    List<Entry> expected = Entry.readAll(reader, addAndPlan());

    for (int limit : new int[] {1, 2, 3, 7, EVENTS - 1, EVENTS, EVENTS + 1}) {
      Laws.requireSameInAnyOrder(
          "epochs of at most [%d] events give each entry once".formatted(limit),
          expected,
          readInEpochs(limit));
    }
  }

  @Test
  final void plan_upToEarlierOffsets_leavesLaterEvents() throws Exception {
    List<OffsetRange> first = addAndPlan();
    Offsets upTo = Offsets.none().advance(first);
    List<Entry> expected = Entry.readAll(reader, first);
    addEvents(EVENTS);
    awaitEvents(2 * EVENTS);

    List<OffsetRange> again = reader.plan(Offsets.none(), upTo, Long.MAX_VALUE);

    requireSame(
        "a plan up to earlier offsets leaves later events", expected, Entry.readAll(reader, again));
  }

  @Test
  final void events_addedLater_areFoundBehindTheFirst() throws Exception {
    Offsets end = Offsets.none().advance(addAndPlan());
    addEvents(EVENTS);
    awaitEvents(2 * EVENTS);

    List<OffsetRange> more = reader.plan(end, reader.latest(), Long.MAX_VALUE);

    assertThat(Entry.readAll(reader, more))
        .as("entries after the first [%d], of [%d] events added later", EVENTS, EVENTS)
        .hasSize(EVENTS);
  }

  @Test
  final void news_arePolledForOrSignalled() throws Exception {
    addEvents(1);

    assertThat(source.pollInterval().isPresent() || signals.tryAcquire(10, TimeUnit.SECONDS))
        .as("a source has a pollInterval, or calls SourceContext.signal() for new events")
        .isTrue();
  }

  @Test
  final void offsets_riseWithinTheirRange() throws Exception {
    for (OffsetRange range : addAndPlan()) {
      List<Long> offsets =
          Entry.readAll(reader, List.of(range)).stream().map(Entry::offset).toList();

      assertThat(offsets).as("offsets of [%s]", range).isSorted().doesNotHaveDuplicates();
      assertThat(offsets)
          .as("offsets of [%s]", range)
          .allMatch(offset -> range.from() <= offset && offset < range.until());
    }
  }

  @Test
  final void range_readInSmallSteps_givesTheSame() throws Exception {
    for (OffsetRange range : addAndPlan()) {
      List<Entry> atOnce = Entry.readAll(reader, List.of(range));

      for (int step : new int[] {1, 3}) {
        requireSame(
            "a range read in steps of [%d] gives the same".formatted(step),
            atOnce,
            Entry.readInSteps(reader, range, step));
      }
    }
  }

  @Test
  final void range_leftInTheMiddle_canBeReadAgain() throws Exception {
    for (OffsetRange range : addAndPlan()) {
      List<Entry> expected = Entry.readAll(reader, List.of(range));
      try (RangeReader<T> leftEarly = reader.read(range)) {
        leftEarly.read(new Entry.Recorder<T>(range.partition(), new ArrayList<>()), 1);
      }

      requireSame(
          "a range that was left in the middle can be read again",
          expected,
          Entry.readAll(reader, List.of(range)));
    }
  }

  @Test
  final void range_readAfterARestart_givesTheSame() throws Exception {
    assumeTrue(source.isReplayable());
    List<OffsetRange> planned = addAndPlan();
    List<Entry> expected = Entry.readAll(reader, planned);
    reader.close();

    reader = open(Offsets.none());

    requireSame(
        "a range read by a later reader gives the same; if the source can't, isReplayable is false",
        expected,
        Entry.readAll(reader, planned));
  }

  @Test
  final void query_restartedInTheMiddle_readsTheRest() throws Exception {
    assumeTrue(source.isReplayable());
    List<Entry> all = Entry.readAll(reader, addAndPlan());
    List<OffsetRange> first = reader.plan(Offsets.none(), reader.latest(), 7);
    List<Entry> read = new ArrayList<>(Entry.readAll(reader, first));
    Offsets committed = Offsets.none().advance(first);
    Offsets end = reader.latest();
    reader.close();

    reader = open(committed);
    awaitEnd(end);
    read.addAll(Entry.readAll(reader, reader.plan(committed, reader.latest(), Long.MAX_VALUE)));

    Laws.requireSameInAnyOrder(
        "a reader opened with committed offsets reads what follows them", all, read);
  }

  @Test
  final void commit_ofAnEpoch_leavesTheRestAsItWas() throws Exception {
    List<Entry> all = Entry.readAll(reader, addAndPlan());
    List<OffsetRange> first = reader.plan(Offsets.none(), reader.latest(), 7);
    List<Entry> read = new ArrayList<>(Entry.readAll(reader, first));
    Offsets committed = Offsets.none().advance(first);

    reader.committed(committed);
    read.addAll(Entry.readAll(reader, reader.plan(committed, reader.latest(), Long.MAX_VALUE)));

    Laws.requireSameInAnyOrder("a commit leaves what follows it as it was", all, read);
  }

  @Test
  final void epoch_readAheadOfTheCommitInFront_isTheSame() throws Exception {
    List<Entry> all = Entry.readAll(reader, addAndPlan());
    List<OffsetRange> first = reader.plan(Offsets.none(), reader.latest(), 7);
    Offsets behindFirst = Offsets.none().advance(first);
    List<Entry> read = new ArrayList<>(Entry.readAll(reader, first));

    List<OffsetRange> ahead = reader.plan(behindFirst, reader.latest(), 7);
    List<Entry> readAhead = Entry.readAll(reader, ahead);
    read.addAll(readAhead);
    reader.committed(behindFirst);
    Offsets behindAhead = behindFirst.advance(ahead);
    read.addAll(Entry.readAll(reader, reader.plan(behindAhead, reader.latest(), Long.MAX_VALUE)));

    Laws.requireSameInAnyOrder(
        "an epoch may be read before the preceding one is committed", all, read);
    requireSame(
        "a range read before the preceding commit gives the same after it",
        readAhead,
        Entry.readAll(reader, ahead));
  }

  @Test
  final void range_leftByAFailure_isReadByTheReaderOfTheRetry() throws Exception {
    assumeTrue(source.isReplayable());
    addAndPlan();
    List<OffsetRange> first = reader.plan(Offsets.none(), reader.latest(), 7);
    Offsets behindFirst = Offsets.none().advance(first);
    List<OffsetRange> ahead = reader.plan(behindFirst, reader.latest(), 7);
    List<Entry> expected = Entry.readAll(reader, first);
    List<Entry> expectedAhead = Entry.readAll(reader, ahead);

    // The offsets that are committed by then, when the range was planned ahead and when it was not.
    for (Offsets committed : List.of(Offsets.none(), behindFirst)) {
      failWhileReading(ahead.get(0));
      reader = open(committed);

      requireSame(
          "a range planned by an earlier reader gives the same to a reader opened for a retry",
          expectedAhead,
          Entry.readAll(reader, ahead));
    }
    failWhileReading(first.get(0));
    reader = open(Offsets.none());
    requireSame(
        "a range that failed gives the same to a reader opened for a retry",
        expected,
        Entry.readAll(reader, first));
  }

  @Test
  final void plan_thatFailed_isMadeByTheReaderOfTheRetry() throws Exception {
    assumeTrue(source.isReplayable());
    List<Entry> all = Entry.readAll(reader, addAndPlan());
    List<OffsetRange> first = reader.plan(Offsets.none(), reader.latest(), 7);
    Offsets behindFirst = Offsets.none().advance(first);
    List<Entry> read = new ArrayList<>(Entry.readAll(reader, first));
    Offsets upTo = reader.latest();
    reader.close();

    // The same call: the query does not ask for latest() again.
    reader = open(Offsets.none());
    read.addAll(Entry.readAll(reader, reader.plan(behindFirst, upTo, Long.MAX_VALUE)));

    Laws.requireSameInAnyOrder(
        "a reader opened for a retry plans from and up to the offsets of the earlier reader",
        all,
        read);
  }

  @Test
  final void range_readByAnotherReaderOfASharedSource_givesTheSame() throws Exception {
    assumeTrue(source.nodeAccess().isShared());
    List<OffsetRange> all = addAndPlan();
    try (SourceReader<T> other = open(Offsets.none())) {
      requireSame(
          "a range of a shared source gives the same to each reader",
          Entry.readAll(reader, all),
          Entry.readAll(other, all));
    }
  }

  private void failWhileReading(OffsetRange range) throws Exception {
    try (RangeReader<T> leftEarly = reader.read(range)) {
      leftEarly.read(new Entry.Recorder<T>(range.partition(), new ArrayList<>()), 1);
    }
    reader.close();
  }

  private SourceReader<T> open(Offsets committed) throws Exception {
    return source.open(new SourceContext("contract", committed, false, clock, signals::release));
  }

  private List<OffsetRange> addAndPlan() throws Exception {
    addEvents(EVENTS);
    awaitEvents(EVENTS);
    return reader.plan(Offsets.none(), reader.latest(), Long.MAX_VALUE);
  }

  /** Waits, signal by signal, until the source holds a number of events. */
  private void awaitEvents(int count) throws Exception {
    int found = countEvents();
    while (found < count) {
      assertThat(signals.tryAcquire(10, TimeUnit.SECONDS))
          .as("signal of a source that has [%d] of [%d] events", found, count)
          .isTrue();
      found = countEvents();
    }
  }

  /** Waits, signal by signal, until a reader that was opened again knows an earlier end. */
  private void awaitEnd(Offsets end) throws Exception {
    while (!reader.latest().asMap().equals(end.asMap())) {
      assertThat(signals.tryAcquire(10, TimeUnit.SECONDS))
          .as("signal of a source that was opened again and has come to [%s]", reader.latest())
          .isTrue();
    }
  }

  private int countEvents() throws Exception {
    List<OffsetRange> all = reader.plan(Offsets.none(), reader.latest(), Long.MAX_VALUE);
    return Entry.readAll(reader, all).size();
  }

  /** Plans and reads epoch after epoch, and checks each plan against the laws. */
  private List<Entry> readInEpochs(int limit) throws Exception {
    List<Entry> read = new ArrayList<>();
    Map<SourcePartition, Long> ends = new HashMap<>();
    Offsets from = Offsets.none();
    Offsets upTo = reader.latest();
    List<OffsetRange> ranges = reader.plan(from, upTo, limit);
    while (!ranges.isEmpty()) {
      for (OffsetRange range : ranges) {
        Long end = ends.put(range.partition(), range.until());
        assertThat(range.isEmpty()).as("emptiness of planned range [%s]", range).isFalse();
        assertThat(range.from())
            .as("beginning of [%s], against the end of its partition's last range", range)
            .isEqualTo(end == null ? range.from() : end);
        assertThat(range.until())
            .as("end of [%s], against the offsets it was planned up to", range)
            .isLessThanOrEqualTo(upTo.of(range.partition()).orElseThrow());
      }
      assertThat(ranges)
          .as("planned ranges, one for each partition")
          .extracting(OffsetRange::partition)
          .doesNotHaveDuplicates();
      List<Entry> epoch = Entry.readAll(reader, ranges);
      assertThat(epoch)
          .as("entries of an epoch of at most [%d]", limit)
          .hasSizeLessThanOrEqualTo(limit);
      read.addAll(epoch);
      from = from.advance(ranges);
      ranges = reader.plan(from, upTo, limit);
    }
    assertThat(from.asMap()).as("end of the last epoch, against latest()").isEqualTo(upTo.asMap());
    return read;
  }

  private static void requireSame(String law, List<Entry> expected, List<Entry> found) {
    Laws.requireSame(law, "entry", expected, found);
  }
}
