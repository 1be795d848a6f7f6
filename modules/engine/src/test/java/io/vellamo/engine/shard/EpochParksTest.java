package io.vellamo.engine.shard;

import static io.vellamo.api.group.GroupStateTimeout.PROCESSING_TIME;
import static io.vellamo.engine.group.GroupCall.entry;
import static io.vellamo.engine.group.TestCodecs.key;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.api.SerializationException;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.source.OffsetRange;
import io.vellamo.api.source.SourcePartition;
import io.vellamo.engine.failure.Failures;
import io.vellamo.engine.group.GroupBatch;
import io.vellamo.engine.group.StoredValue;
import io.vellamo.engine.group.TestCodecs;
import io.vellamo.engine.group.ValueCodec;
import io.vellamo.engine.shard.ParkRequest.Kind;
import io.vellamo.engine.time.EpochTimes;
import io.vellamo.engine.time.Watermark;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class EpochParksTest {
  private static final long EPOCH = 5;
  private static final EpochTimes TIMES =
      new EpochTimes(EPOCH, 100, Watermark.NONE, Watermark.NONE);
  private static final ParkChange.Parked PARKED =
      new ParkChange.Parked(key("k"), 2, "E", "broken", null);

  private final ShardLedger ledger = new ShardLedger(PROCESSING_TIME);
  private final GroupBatch<Object> batch = new GroupBatch<>(key("k"), "k");
  private final EpochSteps steps = new EpochSteps(TIMES, List.of(batch));
  private EpochParks parks = parks(TestCodecs.ROWS);

  @Test
  void events_ofAParkedGroup_waitBehindThoseThatWaitAlready() {
    park(null, "e0", "e1");
    add("e2");

    assertThat(steps.eventCalls(ledger)).isEmpty();
    assertThat(parks.eventCalls(ledger, List.of(batch))).isEmpty();

    ParkChange.Waiting waiting = (ParkChange.Waiting) changes().get(0);
    assertThat(waiting.first()).isEqualTo(2);
    assertThat(waiting.events().get(0).origin()).isEqualTo(new EventOrigin(EPOCH, "p0", 70));
    assertThat(texts(waiting.events())).containsExactly("e2");
  }

  @Test
  void redrive_callsWithAllThatWaits_andTheNewEventsBehind() {
    park(new ParkRequest(Kind.REDRIVE, EPOCH - 1), "e0", "e1");
    add("e2");

    List<EpochCall> calls = parks.eventCalls(ledger, List.of(batch));

    assertThat(calls).hasSize(1);
    assertThat(requireNonNull(calls.get(0).batch())).toIterable().containsExactly("e0", "e1", "e2");
    assertThat(requireNonNull(calls.get(0).batch()).range(0)).isEqualTo(EventForms.WAITED);
    assertThat(requireNonNull(calls.get(0).batch()).userKey()).isEqualTo("k");
    assertThat(texts(requireNonNull(calls.get(0).waiting()))).containsExactly("e0", "e1");
    assertThat(calls.get(0).isEventByEvent()).isFalse();
    assertThat(parks.changes(7)).isNull();
  }

  @Test
  void eventTimes_thatABatchKeeps_areThereWhenItIsRedriven() {
    GroupBatch<Object> timed = new GroupBatch<>(key("k"), "k", true);
    timed.add("e0", 0, 70, Instant.ofEpochSecond(-1, 1));
    timed.add("e1", GroupBatch.NO_RANGE, 0, null);
    parks.park(new EpochCall(key("k"), entry(1, null), timed), null, new IllegalStateException());
    ledger.restore(changes());
    ledger.request(key("k"), new ParkRequest(Kind.REDRIVE, 0));

    GroupBatch<Object> redriven =
        requireNonNull(parks.eventCalls(ledger, List.of()).get(0).batch());

    assertThat(redriven.eventTime(0)).isEqualTo(Instant.ofEpochSecond(-1, 1));
    assertThat(redriven.eventTime(1)).isNull();
    assertThat(requireNonNull(ledger.parked().get(key("k"))).events().get(1).origin().isSource())
        .isFalse();
  }

  @Test
  void redrive_withoutNewEvents_callsToo() {
    park(new ParkRequest(Kind.RELEASE, 0), "e0");

    List<EpochCall> calls = parks.eventCalls(ledger, List.of());

    assertThat(calls.get(0).isEventByEvent()).isTrue();
    assertThat(requireNonNull(calls.get(0).batch())).toIterable().containsExactly("e0");
  }

  @Test
  void redrive_wantedWhileTheEpochWasPlanned_waitsForTheNext() {
    park(new ParkRequest(Kind.REDRIVE, EPOCH), "e0");

    assertThat(parks.eventCalls(ledger, List.of())).isEmpty();
    assertThat(parks.changes(7)).isNull();
    assertThat(ledger.nextDue()).isEqualTo(NextDue.NOW);
  }

  @Test
  void redrive_thatThrows_keepsWhatWaits_andWhenItBegan() {
    park(new ParkRequest(Kind.REDRIVE, 0), "e0", "e1");
    add("e2");
    EpochCall call = parks.eventCalls(ledger, List.of(batch)).get(0);

    Throwable thrown = new IllegalStateException("again");
    parks.park(call, ledger.parked().get(key("k")), thrown);

    assertThat(changes().get(0))
        .isEqualTo(new ParkChange.Parked(key("k"), 2, Failures.thrown(thrown), "again", null));
    assertThat(((ParkChange.Waiting) changes().get(1)).first()).isEqualTo(2);
    assertThat(texts(((ParkChange.Waiting) changes().get(1)).events())).containsExactly("e2");
  }

  @Test
  void eventsThatCanNotBeReadAnyMore_waitOn_andTheWishIsOver() {
    park(new ParkRequest(Kind.REDRIVE, 0), "e0");
    add("e1");
    parks = parks(new Unreadable());

    assertThat(parks.eventCalls(ledger, List.of(batch))).isEmpty();

    assertThat(changes().get(0))
        .isEqualTo(
            new ParkChange.Parked(
                key("k"), 2, SerializationException.class.getName(), "class has gone", null));
    assertThat(((ParkChange.Waiting) changes().get(1)).first()).isEqualTo(1);
  }

  @Test
  void timeout_thatIsNotDue_isNoReasonToCall_andTheGroupGoesOn() {
    keep(1000L);
    park(new ParkRequest(Kind.REDRIVE, 0));

    assertThat(parks.eventCalls(ledger, List.of())).isEmpty();
    assertThat(parks.timeoutCalls(ledger, new EpochSteps(TIMES, List.of()))).isEmpty();
    assertThat(changes()).containsExactly(new ParkChange.Unparked(key("k")));
  }

  @Test
  void timeout_thatIsDue_isCalledIfThereAreNoEvents() {
    keep(50L);
    assertThat(ledger.due(TIMES)).containsExactly(key("k"));
    park(null);
    assertThat(ledger.due(TIMES)).isEmpty();
    assertThat(ledger.nextDue()).isEqualTo(NextDue.NEVER);
    ledger.request(key("k"), new ParkRequest(Kind.RELEASE, 0));

    EpochCall call = parks.timeoutCalls(ledger, new EpochSteps(TIMES, List.of())).get(0);

    assertThat(call.batch()).isNull();
    assertThat(call.isEventByEvent()).isTrue();
    assertThat(call.isOfParked()).isTrue();
  }

  @Test
  void timeout_ofAGroupWhoseEventsWereAllLeftOut_isCalled() {
    keep(50L);
    park(new ParkRequest(Kind.RELEASE, 0), "e0");
    EpochSteps without = new EpochSteps(TIMES, List.of());
    assertThat(parks.timeoutCalls(ledger, without)).isEmpty();

    without.leaveOut(key("k"));

    assertThat(parks.timeoutCalls(ledger, without)).hasSize(1);
  }

  @Test
  void timeout_isDueByTheOperatorsClock() {
    SnapshotPart.Group group = new SnapshotPart.Group(key("k"), entry(1, 50L));
    SnapshotPart.Group without = new SnapshotPart.Group(key("n"), entry(1, null));
    EpochTimes times = new EpochTimes(EPOCH, 100, Watermark.of(50), Watermark.NONE);
    for (GroupStateTimeout timeout : GroupStateTimeout.values()) {
      ShardLedger other = new ShardLedger(timeout);
      other.restore(new SnapshotPart(List.of(group, without), true));

      assertThat(other.isTimeoutDue(key("k"), times))
          .isEqualTo(timeout == GroupStateTimeout.PROCESSING_TIME);
      assertThat(other.isTimeoutDue(key("n"), times)).isFalse();
    }
  }

  @Test
  void wishes_ofOtherGroups_leaveAParkedGroupAlone() {
    keep(50L);
    park(null);
    ledger.restore(List.of(new ParkChange.Parked(key("z"), 2, "E", null, null)));
    ledger.request(key("z"), new ParkRequest(Kind.REDRIVE, 0));
    EpochSteps without = new EpochSteps(TIMES, List.of());

    assertThat(parks.eventCalls(ledger, List.of())).isEmpty();
    assertThat(parks.timeoutCalls(ledger, without)).isEmpty();
    assertThat(changes()).containsExactly(new ParkChange.Unparked(key("z")));
  }

  @Test
  void unparkedGroup_hasItsTimerBack() {
    keep(50L);
    park(null, "e0");
    ledger.restore(List.of(new ParkChange.Unparked(key("k"))));

    assertThat(ledger.due(TIMES)).containsExactly(key("k"));
    assertThat(ledger.parked().size()).isZero();
    assertThat(ledger.parked().events()).isZero();
  }

  private void keep(long timeoutMillis) {
    SnapshotPart.Group group = new SnapshotPart.Group(key("k"), entry(1, timeoutMillis));
    ledger.restore(new SnapshotPart(List.of(group), true));
  }

  private void park(@Nullable ParkRequest request, String... events) {
    List<ParkedEvent> waiting =
        Stream.of(events)
            .map(
                event -> new ParkedEvent(new EventOrigin(2, "p0", 1), TestCodecs.ROWS.write(event)))
            .toList();
    ledger.restore(List.of(PARKED, new ParkChange.Waiting(key("k"), 0, waiting)));
    if (request != null) {
      ledger.request(key("k"), request);
    }
  }

  private void add(String event) {
    batch.add(event, 0, 70);
  }

  private List<ParkChange> changes() {
    return requireNonNull(parks.changes(7)).changes();
  }

  private static List<Object> texts(List<ParkedEvent> events) {
    return events.stream().map(event -> TestCodecs.ROWS.read(event.event())).toList();
  }

  private static EpochParks parks(ValueCodec codec) {
    OffsetRange range = new OffsetRange(new SourcePartition("p0"), 0, 100);
    return new EpochParks(new EventForms(EPOCH, List.of(range), TestCodecs.KEYS, codec), TIMES);
  }

  private static final class Unreadable implements ValueCodec {
    @Override
    public StoredValue write(Object value) {
      return TestCodecs.ROWS.write(value);
    }

    @Override
    public Object read(StoredValue value) {
      throw new SerializationException("E", "class has gone", null);
    }

    @Override
    public boolean isCopied(Object value) {
      return !isFixed(value);
    }

    @Override
    public boolean isFixed(Object value) {
      return false;
    }
  }
}
