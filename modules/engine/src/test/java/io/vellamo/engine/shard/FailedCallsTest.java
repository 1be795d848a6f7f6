package io.vellamo.engine.shard;

import static io.vellamo.api.group.GroupStateTimeout.PROCESSING_TIME;
import static io.vellamo.engine.group.GroupCall.entry;
import static io.vellamo.engine.group.GroupCall.times;
import static io.vellamo.engine.group.TestCodecs.key;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.api.SerializationException;
import io.vellamo.api.query.ErrorPolicy;
import io.vellamo.api.source.OffsetRange;
import io.vellamo.api.source.SourcePartition;
import io.vellamo.engine.failure.Failures;
import io.vellamo.engine.group.GroupBatch;
import io.vellamo.engine.group.GroupChange;
import io.vellamo.engine.group.GroupChange.Effect;
import io.vellamo.engine.group.GroupEntry;
import io.vellamo.engine.group.StepOutcome;
import io.vellamo.engine.group.StepOutcome.FailedEvent;
import io.vellamo.engine.group.StoredValue;
import io.vellamo.engine.group.TestCodecs;
import io.vellamo.engine.group.ValueCodec;
import io.vellamo.engine.shard.FailedCalls.Round;
import io.vellamo.engine.time.EpochTimes;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class FailedCallsTest {
  private static final EpochTimes TIMES = times(10, 0);
  private static final EventOrigin FIRST = new EventOrigin(1, "p0", 100);

  private final Throwable broken = new IllegalStateException("broken");
  private final GroupBatch<Object> batch = new GroupBatch<>(key("k"), "k");
  private final ShardLedger ledger = new ShardLedger(PROCESSING_TIME);
  private final EpochSteps steps = new EpochSteps(TIMES, List.of(batch));

  @Test
  void fail_endsTheEpoch() {
    assertThat(failed(ErrorPolicy.fail()).threw(call("e0"), broken, ledger)).isSameAs(broken);
  }

  @Test
  void errorOfTheMachine_endsTheEpoch_underEveryPolicy() {
    Throwable error = new OutOfMemoryError("on purpose");

    for (ErrorPolicy policy :
        List.of(
            ErrorPolicy.deadLetter(),
            ErrorPolicy.park(),
            ErrorPolicy.retry(2, Duration.ZERO).thenPark())) {
      assertThat(failed(policy).threw(call("e0"), error, ledger)).isSameAs(error);
    }
  }

  @Test
  void retry_makesTheCallAgainFromItsFirstEvent_thenTakesTheAction() {
    FailedCalls failed = failed(ErrorPolicy.retry(2, Duration.ofSeconds(1)).thenFail());
    EpochCall call = call("e0", "e1");
    batch.next();

    assertThat(failed.threw(call, broken, ledger)).isNull();
    assertThat(batch.currentOffset()).isEqualTo(100);
    assertThat(batch).toIterable().containsExactly("e0", "e1");
    assertThat(failed.again()).isEqualTo(new Round(List.of(call), Duration.ofSeconds(1)));
    assertThat(failed.threw(call, broken, ledger)).isNull();
    assertThat(failed.again()).isEqualTo(new Round(List.of(call), Duration.ofSeconds(2)));
    assertThat(failed.threw(call, broken, ledger)).isSameAs(broken);
  }

  @Test
  void retry_isCountedAnewForTimeouts() {
    FailedCalls failed = failed(ErrorPolicy.retry(1, Duration.ZERO).thenFail());
    failed.threw(call("e0"), broken, ledger);
    failed.again();
    failed.nextPhase();

    assertThat(failed.threw(timeout(entry(1, 5L)), broken, ledger)).isNull();
  }

  @Test
  void deadLetter_ofSeveralEvents_givesThemOneByOne_withoutWaiting() {
    FailedCalls failed = failed(ErrorPolicy.deadLetter());
    EpochCall call = call("e0", "e1");

    assertThat(failed.threw(call, broken, ledger)).isNull();
    assertThat(failed.again()).isEqualTo(new Round(List.of(call.eventByEvent()), Duration.ZERO));
    assertThat(failed.again()).isNull();
    assertThat(failed.deadLetters(7)).isNull();
  }

  @Test
  void deadLetter_ofAFunctionThatNeedsAllEvents_leavesOutAllOfThem() {
    EventForms forms = forms(TestCodecs.ROWS);
    EpochParks parks = new EpochParks(forms, TIMES);
    FailedCalls failed =
        new FailedCalls(ErrorPolicy.deadLetter(), true, false, forms, steps, parks);

    assertThat(failed.threw(call("e0", "e1"), broken, ledger)).isNull();

    assertThat(failed.again()).isNull();
    assertThat(letters(failed))
        .extracting(GroupDeadLetter::origin)
        .containsExactly(FIRST, new EventOrigin(1, "p0", 101));
  }

  @Test
  void deadLetter_ofTheOnlyEvent_isNotCalledAgain() {
    FailedCalls failed = failed(ErrorPolicy.deadLetter());
    failed.threw(call("e0"), broken, ledger);

    assertThat(failed.again()).isNull();
    GroupDeadLetter letter = letters(failed).get(0);
    assertThat(letter.key()).isEqualTo(key("k"));
    assertThat(letter.origin()).isEqualTo(FIRST);
    assertThat(letter.error()).startsWith("java.lang.IllegalStateException at io.vellamo.");
    assertThat(letter.message()).isEqualTo("broken");
    assertThat(TestCodecs.ROWS.read(requireNonNull(letter.event()))).isEqualTo("e0");
    assertThat(steps.change(7, null).groups()).isEmpty();
  }

  @Test
  void eventsLeftOut_areDeadLettersWithTheirPositions() {
    FailedCalls failed = failed(ErrorPolicy.deadLetter());
    gave(failed, call("e0", "e1", "e2"), 0, 2);

    assertThat(letters(failed))
        .extracting(GroupDeadLetter::origin)
        .containsExactly(FIRST, new EventOrigin(1, "p0", 102));
    assertThat(requireNonNull(failed.deadLetters(7)).eventsOfEpoch()).isEqualTo(2);
    assertThat(requireNonNull(failed.deadLetters(7)).incarnation()).isEqualTo(7);
  }

  @Test
  void timeout_thatThrows_isDropped_andTheStateStays() {
    FailedCalls failed = failed(ErrorPolicy.deadLetter());
    GroupEntry before = entry(1, 5L);
    failed.threw(timeout(before), broken, ledger);

    GroupChange change = steps.change(7, null).groups().get(0);
    assertThat(change.applyTo(before)).isEqualTo(entry(1, null));
    assertThat(letters(failed).get(0).origin()).isNull();
    assertThat(letters(failed).get(0).event()).isNull();
    assertThat(requireNonNull(failed.deadLetters(7)).eventsOfEpoch()).isZero();
  }

  @Test
  void timeout_ofAGroupWithoutState_leavesNothing() {
    failed(ErrorPolicy.deadLetter()).threw(timeout(entry(null, 5L)), broken, ledger);

    assertThat(steps.change(7, null).groups().get(0).effect()).isEqualTo(Effect.REMOVED);
  }

  @Test
  void groupWhoseEventsAllThrew_stillTimesOut() {
    GroupEntry due = entry(1, 5L);
    ledger.restore(new SnapshotPart(List.of(new SnapshotPart.Group(key("k"), due)), true));
    FailedCalls failed = failed(ErrorPolicy.deadLetter());
    assertThat(steps.timeoutCalls(ledger)).isEmpty();

    gave(failed, call("e0", "e1"), 0, 1);

    assertThat(steps.timeoutCalls(ledger)).containsExactly(timeout(due));
  }

  @Test
  void failure_thatIsNoEventsFault_endsTheEpochUnderAnyPolicy() {
    Throwable unreadable = new SerializationException("S", "state can't be read", null);

    assertThat(failed(ErrorPolicy.deadLetter()).threw(call("e0"), unreadable, ledger))
        .isSameAs(unreadable);
    assertThat(
            failed(ErrorPolicy.retry(1, Duration.ZERO).thenDeadLetter())
                .threw(call("e1"), new NoClassDefFoundError("gone"), ledger))
        .isNotNull();
  }

  @Test
  void event_thatCanNotBeWritten_isToldOfWithoutItself() {
    FailedCalls failed = failed(ErrorPolicy.deadLetter(), new Unwritable());
    failed.threw(call("e0"), broken, ledger);

    assertThat(letters(failed).get(0).event()).isNull();
    assertThat(letters(failed).get(0).origin()).isEqualTo(FIRST);
  }

  @Test
  void park_keepsTheEvents_whateverWasThrown() {
    EpochParks parks = new EpochParks(forms(TestCodecs.ROWS), TIMES);
    FailedCalls failed =
        new FailedCalls(ErrorPolicy.park(), false, false, forms(TestCodecs.ROWS), steps, parks);
    Throwable gone = new NoClassDefFoundError("gone");

    assertThat(failed.threw(call("e0", "e1"), gone, ledger)).isNull();

    List<ParkChange> changes = requireNonNull(parks.changes(7)).changes();
    assertThat(changes.get(0))
        .isEqualTo(
            new ParkChange.Parked(
                key("k"), 1, Failures.thrown(gone), "gone", null, TIMES.lateWatermark()));
    assertThat(((ParkChange.Waiting) changes.get(1)).events())
        .extracting(event -> TestCodecs.ROWS.read(event.event()))
        .containsExactly("e0", "e1");
    assertThat(failed.again()).isNull();
    assertThat(failed.deadLetters(7)).isNull();
  }

  @Test
  void park_ofEventsThatCanNotBeWritten_endsTheEpochWithThat() {
    FailedCalls failed = failed(ErrorPolicy.park(), new Unwritable());

    assertThat(failed.threw(call("e0"), broken, ledger))
        .isInstanceOf(SerializationException.class)
        .hasMessage("event can't be written");
  }

  @Test
  void park_ofAnEventThatCanNotBeWritten_makesItADeadLetter() {
    EpochParks parks = new EpochParks(forms(new HalfWritable()), TIMES);
    FailedCalls failed =
        new FailedCalls(ErrorPolicy.park(), false, false, forms(TestCodecs.ROWS), steps, parks);

    assertThat(failed.threw(call("half", "e1"), broken, ledger)).isNull();

    List<ParkChange> changes = requireNonNull(parks.changes(7)).changes();
    assertThat(((ParkChange.Waiting) changes.get(1)).events())
        .extracting(event -> TestCodecs.ROWS.read(event.event()))
        .containsExactly("e1");
    assertThat(letters(failed)).extracting(GroupDeadLetter::origin).containsExactly(FIRST);
  }

  @Test
  void interruption_endsTheEpochUnderAnyPolicy() {
    Throwable interrupted = new InterruptedException();

    assertThat(failed(ErrorPolicy.park()).threw(call("e0"), interrupted, ledger))
        .isSameAs(interrupted);
  }

  @Test
  void initialState_isStored_whateverBecomesOfTheCall() {
    for (ErrorPolicy policy : List.of(ErrorPolicy.deadLetter(), ErrorPolicy.park())) {
      for (int events = 0; events < 2; events++) {
        GroupBatch<Object> some = new GroupBatch<>(key("k"), "k");
        for (int i = 0; i < events; i++) {
          some.add("e" + i, 0, 100);
        }
        byte[] state = requireNonNull(entry(1, null).state());
        EpochSteps first =
            new EpochSteps(TIMES, List.of(some), new InitialGroups(Map.of(key("k"), state), false));
        EventForms forms = forms(TestCodecs.ROWS);
        FailedCalls failed =
            new FailedCalls(policy, false, false, forms, first, new EpochParks(forms, TIMES));
        EpochCall call = new EpochCall(key("k"), entry(1, null), some);

        assertThat(failed.threw(call, broken, ledger)).isNull();

        assertThat(first.change(7, null).groups()).hasSize(1);
        assertThat(first.change(7, null).groups().get(0).applyTo(GroupEntry.EMPTY))
            .isEqualTo(entry(1, null));
        assertThat(failed.again()).isNull();
      }
    }
  }

  @Test
  void deadLetters_areSplitBySize() {
    FailedCalls failed = failed(ErrorPolicy.deadLetter());
    gave(failed, call("e0", "e1", "e2"), 0, 1, 2);
    ShardDeadLetters all = requireNonNull(failed.deadLetters(7));

    List<ShardDeadLetters> parts = all.split(all.size() / 2);

    assertThat(parts).hasSizeGreaterThan(1);
    assertThat(parts).allMatch(part -> part.epoch() == 1 && part.incarnation() == 7);
    assertThat(parts.stream().flatMap(part -> part.letters().stream()).toList())
        .isEqualTo(all.letters());
  }

  private FailedCalls failed(ErrorPolicy policy) {
    return failed(policy, TestCodecs.ROWS);
  }

  private FailedCalls failed(ErrorPolicy policy, ValueCodec codec) {
    EventForms forms = forms(codec);
    return new FailedCalls(policy, false, false, forms, steps, new EpochParks(forms, TIMES));
  }

  private static EventForms forms(ValueCodec codec) {
    OffsetRange range = new OffsetRange(new SourcePartition("p0"), 100, 200);
    return new EventForms(1, List.of(range), TestCodecs.KEYS, codec);
  }

  private EpochCall call(String... events) {
    for (String event : events) {
      batch.add(event, 0, 100 + batch.size());
    }
    return new EpochCall(key("k"), GroupEntry.EMPTY, batch);
  }

  private static EpochCall timeout(GroupEntry entry) {
    return new EpochCall(key("k"), entry, null);
  }

  private void gave(FailedCalls failed, EpochCall call, int... places) {
    GroupChange nothing = new GroupChange(key("k"), Effect.NONE, null, null, List.of());
    List<FailedEvent> leftOut =
        Arrays.stream(places).mapToObj(i -> new FailedEvent(i, broken)).toList();
    failed.gave(call, new StepOutcome(nothing, List.of(), null, leftOut, false));
  }

  private static List<GroupDeadLetter> letters(FailedCalls failed) {
    @Nullable ShardDeadLetters letters = failed.deadLetters(7);
    return requireNonNull(letters).letters();
  }

  private static final class HalfWritable implements ValueCodec {
    @Override
    public StoredValue write(Object value) {
      if (value.equals("half")) {
        throw SerializationException.ofValue("E", "event can't be written", null);
      }
      return TestCodecs.ROWS.write(value);
    }

    @Override
    public Object read(StoredValue value) {
      return TestCodecs.ROWS.read(value);
    }

    @Override
    public boolean isCopied(Object value) {
      return TestCodecs.ROWS.isCopied(value);
    }

    @Override
    public boolean isFixed(Object value) {
      return TestCodecs.ROWS.isFixed(value);
    }
  }

  private static final class Unwritable implements ValueCodec {
    @Override
    public StoredValue write(Object value) {
      throw new SerializationException("E", "event can't be written", null);
    }

    @Override
    public Object read(StoredValue value) {
      throw new AssertionError("nothing was written");
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
