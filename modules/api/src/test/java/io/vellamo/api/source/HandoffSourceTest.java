package io.vellamo.api.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class HandoffSourceTest {
  private static final SourcePartition PARTITION = new SourcePartition("handoff");

  private final HandoffSource<String> source = HandoffSource.create(2);
  private final AtomicInteger signals = new AtomicInteger();

  @Test
  void capacity_notPositive_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HandoffSource.create(0))
        .withMessage("capacity must be positive, was [0]");
  }

  @Test
  void source_isNotReplayable() {
    assertThat(source.isReplayable()).isFalse();
    assertThat(source.description()).isEqualTo("Handoff[2]");
  }

  @Test
  void offer_whileThereIsRoom_isAcceptedAtOnce() {
    assertThat(isAccepted(source.offer("a"))).isTrue();
  }

  @Test
  void offer_beyondTheCapacity_waitsForACommit() throws Exception {
    SourceReader<String> reader = open(0);
    source.offer("a");
    source.offer("b");
    CompletionStage<Void> third = source.offer("c");

    assertThat(isAccepted(third)).isFalse();
    assertThat(reader.latest()).isEqualTo(offsets(2));

    reader.committed(offsets(1));

    assertThat(isAccepted(third)).isTrue();
    assertThat(reader.latest()).isEqualTo(offsets(3));
  }

  @Test
  void offerUntilCommitted_waitsForTheCommitOfItsEvent_evenOfALaterRun() throws Exception {
    SourceReader<String> reader = open(0);
    CompletionStage<Void> first = source.offerUntilCommitted("a");
    CompletionStage<Void> second = source.offerUntilCommitted("b");
    CompletionStage<Void> third = source.offerUntilCommitted("c");
    planNext(reader, 0);

    reader.committed(offsets(1));
    assertThat(isAccepted(first)).isTrue();
    assertThat(isAccepted(second)).isFalse();

    reader.close();
    SourceReader<String> later = open(1);
    planNext(later, 1);
    later.committed(offsets(3));
    assertThat(isAccepted(second)).isTrue();
    assertThat(isAccepted(third)).isTrue();
  }

  @Test
  void offer_signalsTheOpenQuery() {
    SourceReader<String> reader = open(0);
    source.offer("a");
    reader.close();
    source.offer("b");

    assertThat(signals).hasValue(1);
  }

  @Test
  void events_areReadInTheOrderOfOffersWithTheirOffsets() throws Exception {
    SourceReader<String> reader = open(0);
    source.offer("a");
    source.offer("b");

    assertThat(read(reader, planNext(reader, 0))).containsExactly("a@0", "b@1");
  }

  @Test
  void range_readAgain_givesTheSame() throws Exception {
    SourceReader<String> reader = open(0);
    source.offer("a");
    OffsetRange range = planNext(reader, 0);
    source.offer("b");

    assertThat(read(reader, range)).containsExactly("a@0");
    assertThat(read(reader, range)).containsExactly("a@0");
  }

  @Test
  void events_afterACommit_areReadBehindIt() throws Exception {
    SourceReader<String> reader = open(0);
    source.offer("a");
    planNext(reader, 0);
    reader.committed(offsets(1));
    source.offer("b");

    assertThat(read(reader, planNext(reader, 1))).containsExactly("b@1");
  }

  @Test
  void events_leftOver_areHandedToTheNextRun() throws Exception {
    open(0).close();
    source.offer("a");
    SourceReader<String> next = open(100);

    assertThat(next.latest()).isEqualTo(offsets(101));
    assertThat(read(next, planNext(next, 100))).containsExactly("a@100");
  }

  @Test
  void range_plannedBeforeAStop_isReadAgainInTheNextRun() throws Exception {
    SourceReader<String> first = open(0);
    source.offer("a");
    OffsetRange planned = planNext(first, 0);
    first.close();

    assertThat(read(open(0), planned)).containsExactly("a@0");
  }

  @Test
  void range_thatAnEarlierProcessPlanned_isLostAndNewEventsMoveBehindIt() throws Exception {
    SourceReader<String> reader = open(10);
    source.offer("a");
    OffsetRange lost = new OffsetRange(PARTITION, 10, 15);

    assertThat(read(reader, lost)).isEmpty();

    reader.committed(offsets(15));

    assertThat(read(reader, planNext(reader, 15))).containsExactly("a@15");
  }

  @Test
  void offer_acceptedByACommit_mayOfferAgainAtOnce() throws Exception {
    SourceReader<String> reader = open(0);
    source.offer("a");
    source.offer("b");
    CompletionStage<Void> third = source.offer("c");
    CompletionStage<Void> fourth = third.thenCompose(ok -> source.offer("d"));

    reader.committed(offsets(2));

    assertThat(isAccepted(fourth)).isTrue();
    assertThat(reader.latest()).isEqualTo(offsets(4));
  }

  @Test
  void listReader_givesAtMostWhatIsAsked() throws Exception {
    RangeReader<String> reader = new ListRangeReader<>(List.of("a", "b", "c"), 5);
    List<String> events = new ArrayList<>();

    assertThat(reader.read(collect(events), 2)).isTrue();
    assertThat(events).containsExactly("a@5", "b@6");
    assertThat(reader.read(collect(events), 2)).isFalse();
    assertThat(events).containsExactly("a@5", "b@6", "c@7");
    reader.close();
  }

  private SourceReader<String> open(long committed) {
    Offsets offsets = committed == 0 ? Offsets.none() : offsets(committed);
    return source.open(
        new SourceContext("q", offsets, false, () -> Instant.EPOCH, signals::incrementAndGet));
  }

  private static OffsetRange planNext(SourceReader<String> reader, long from) throws Exception {
    return reader.plan(offsets(from), reader.latest(), 100).get(0);
  }

  private static List<String> read(SourceReader<String> reader, OffsetRange range)
      throws Exception {
    List<String> events = new ArrayList<>();
    try (RangeReader<String> entries = reader.read(range)) {
      assertThat(entries.read(collect(events), 100)).isFalse();
    }
    return events;
  }

  private static EventCollector<String> collect(List<String> events) {
    return new EventCollector<>() {
      @Override
      public void event(String event, long offset) {
        events.add(event + "@" + offset);
      }

      @Override
      public void deadLetter(long offset, String reason, @Nullable String entry) {
        throw new AssertionError("no dead letters here");
      }
    };
  }

  private static Offsets offsets(long offset) {
    return Offsets.of(Map.of(PARTITION, offset));
  }

  private static boolean isAccepted(CompletionStage<Void> offer) {
    return offer.toCompletableFuture().isDone();
  }
}
