package io.vellamo.engine.group;

import static io.vellamo.api.group.GroupStateTimeout.EVENT_TIME;
import static io.vellamo.api.group.GroupStateTimeout.NONE;
import static io.vellamo.api.group.GroupStateTimeout.PROCESSING_TIME;
import static io.vellamo.engine.group.GroupCall.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.vellamo.api.group.GroupState;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.engine.group.GroupCall.Action;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Acceptance cases F20 to F32: what a call with events leaves of a group. Processing time and
 * watermark are 1000.
 */
final class DataCallCasesTest {
  private static final Action<Integer> NOTHING = state -> {};
  private static final Action<Integer> UPDATE = state -> state.update(5);
  private static final Action<Integer> REMOVE = GroupState::remove;

  /** A row of the specification's table. */
  record Case(
      String id,
      GroupStateTimeout timeout,
      GroupEntry prior,
      Action<Integer> action,
      GroupEntry expected) {
    @Override
    public String toString() {
      return id + " " + timeout + " " + prior;
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void dataCall_ofAcceptanceCase_leavesStateAndTimeout(Case given) throws Exception {
    GroupEntry after = GroupCall.of(given.timeout).with(given.prior).after(given.action);

    assertThat(after).isEqualTo(given.expected);
  }

  static Stream<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (GroupEntry prior : List.of(GroupEntry.EMPTY, entry(0, null))) {
      cases.add(new Case("F20", NONE, prior, NOTHING, prior));
      cases.add(new Case("F21", NONE, prior, UPDATE, entry(5, null)));
      cases.add(new Case("F22", NONE, prior, REMOVE, GroupEntry.EMPTY));
    }
    cases.add(
        new Case("F26", PROCESSING_TIME, GroupEntry.EMPTY, after5000(NOTHING), entry(null, 6000L)));
    cases.add(new Case("F29", EVENT_TIME, GroupEntry.EMPTY, at(10_000), entry(null, 10_000L)));
    for (GroupEntry prior : List.of(GroupEntry.EMPTY, entry(0, null), entry(0, 1000L))) {
      withTimeouts(prior, cases);
    }
    return cases.stream();
  }

  private static void withTimeouts(GroupEntry prior, List<Case> cases) {
    for (GroupStateTimeout timeout : List.of(PROCESSING_TIME, EVENT_TIME)) {
      GroupEntry stateOnly = GroupEntry.of(prior.state(), null);
      cases.add(new Case("F23", timeout, prior, NOTHING, stateOnly));
      cases.add(new Case("F24", timeout, prior, UPDATE, entry(5, null)));
      cases.add(new Case("F25", timeout, prior, REMOVE, GroupEntry.EMPTY));
    }
    cases.add(new Case("F27", PROCESSING_TIME, prior, after5000(UPDATE), entry(5, 6000L)));
    cases.add(new Case("F28", PROCESSING_TIME, prior, after5000(REMOVE), entry(null, 6000L)));
    cases.add(new Case("F30", EVENT_TIME, prior, both(UPDATE, at(5000)), entry(5, 5000L)));
    cases.add(new Case("F31", EVENT_TIME, prior, both(UPDATE, refused(999)), entry(5, null)));
    cases.add(new Case("F32", EVENT_TIME, prior, both(REMOVE, at(10_000)), entry(null, 10_000L)));
  }

  private static Action<Integer> after5000(Action<Integer> first) {
    return both(first, state -> state.setTimeoutDuration(Duration.ofSeconds(5)));
  }

  private static Action<Integer> at(long millis) {
    return state -> state.setTimeoutTimestamp(Instant.ofEpochMilli(millis));
  }

  private static Action<Integer> refused(long millis) {
    return state ->
        assertThatIllegalArgumentException()
            .isThrownBy(() -> state.setTimeoutTimestamp(Instant.ofEpochMilli(millis)));
  }

  private static Action<Integer> both(Action<Integer> first, Action<Integer> second) {
    return state -> {
      first.on(state);
      second.on(state);
    };
  }
}
