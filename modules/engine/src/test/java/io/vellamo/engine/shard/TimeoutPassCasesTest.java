package io.vellamo.engine.shard;

import static io.vellamo.api.group.GroupStateTimeout.EVENT_TIME;
import static io.vellamo.api.group.GroupStateTimeout.PROCESSING_TIME;
import static io.vellamo.engine.group.GroupCall.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.api.group.GroupState;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.engine.group.GroupCall;
import io.vellamo.engine.group.GroupCall.Action;
import io.vellamo.engine.group.GroupEntry;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.group.TestCodecs;
import io.vellamo.engine.time.EpochTimes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Acceptance cases F33 to F40: what the timeout pass leaves of a group with state 5. Processing
 * time and watermark are 1000.
 */
final class TimeoutPassCasesTest {
  private static final GroupKey KEY = TestCodecs.key("k");
  private static final EpochTimes TIMES = GroupCall.times(1000, 1000);
  private static final Action<Integer> UPDATE = state -> state.update(5);
  private static final Action<Integer> AFTER_2000 =
      state -> state.setTimeoutDuration(Duration.ofSeconds(2));
  private static final Action<Integer> AT_5000 =
      state -> state.setTimeoutTimestamp(Instant.ofEpochMilli(5000));

  /** A row of the specification's table. */
  record Case(
      String id,
      GroupStateTimeout timeout,
      long timeoutMillis,
      Action<Integer> action,
      GroupEntry expected) {
    @Override
    public String toString() {
      return id + " " + timeout + " " + timeoutMillis;
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void timeoutPass_ofAcceptanceCase_leavesStateAndTimeout(Case given) throws Exception {
    ShardLedger ledger = new ShardLedger(given.timeout);
    SnapshotPart.Group group = new SnapshotPart.Group(KEY, entry(5, given.timeoutMillis));
    ledger.restore(new SnapshotPart(List.of(group), true));

    for (GroupKey due : ledger.due(TIMES)) {
      GroupCall<Integer> call = GroupCall.of(given.timeout).with(ledger.entry(due)).at(TIMES);
      ledger.apply(new ShardChange(1, 1, List.of(call.timeoutChange(given.action))));
    }

    assertThat(ledger.entry(KEY)).isEqualTo(given.expected);
  }

  static Stream<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (GroupStateTimeout timeout : List.of(PROCESSING_TIME, EVENT_TIME)) {
      cases.add(new Case("F33", timeout, 1001, failing(), entry(5, 1001L)));
      cases.add(new Case("F33, equal", timeout, 1000, failing(), entry(5, 1000L)));
      cases.add(new Case("F34", timeout, 999, state -> {}, entry(5, null)));
      cases.add(new Case("F35", timeout, 999, UPDATE, entry(5, null)));
      cases.add(new Case("F36", timeout, 999, GroupState::remove, GroupEntry.EMPTY));
    }
    cases.add(new Case("F37", PROCESSING_TIME, 999, AFTER_2000, entry(5, 3000L)));
    cases.add(new Case("F38", PROCESSING_TIME, 999, both(UPDATE, AFTER_2000), entry(5, 3000L)));
    cases.add(new Case("F39", EVENT_TIME, 999, AT_5000, entry(5, 5000L)));
    cases.add(new Case("F40", EVENT_TIME, 999, both(UPDATE, AT_5000), entry(5, 5000L)));
    return cases.stream();
  }

  private static Action<Integer> failing() {
    return state -> {
      throw new AssertionError("the function must not be called");
    };
  }

  private static Action<Integer> both(Action<Integer> first, Action<Integer> second) {
    return state -> {
      first.on(state);
      second.on(state);
    };
  }
}
