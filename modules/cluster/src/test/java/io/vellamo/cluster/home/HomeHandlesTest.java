package io.vellamo.cluster.home;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.UUID;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.junit.jupiter.api.Test;

final class HomeHandlesTest {
  private static final UUID RUN = new UUID(0, 1);
  private static final UUID FIRST = new UUID(1, 1);
  private static final UUID SECOND = new UUID(1, 2);

  private final TestInbox<HandleCommand> first = TestInbox.create("first");
  private final TestInbox<HandleCommand> second = TestInbox.create("second");
  private final TestInbox<HomeCommand> home = TestInbox.create("home");
  private final HandleCommand.RunEnded end =
      new HandleCommand.RunEnded(RunOutcome.STOPPED, home.getRef());
  private final HomeHandles handles = new HomeHandles();

  private void add() {
    handles.add(FIRST, first.getRef());
    handles.add(SECOND, second.getRef());
  }

  @Test
  void end_isToldToTheHandleThatAskedOnceTheOthersHaveConfirmed() {
    add();

    handles.end(RUN, end, Set.of(FIRST));

    assertThat(first.getAllReceived()).isEmpty();
    assertThat(second.getAllReceived()).containsExactly(end);
    handles.remove(SECOND);
    assertThat(handles.tellEnd()).isTrue();
    assertThat(first.getAllReceived()).containsExactly(end);
  }

  @Test
  void end_thatIsNotConfirmed_isToldAgainUntilTheHandleIsGone() {
    add();
    handles.end(RUN, end, Set.of());
    first.getAllReceived();
    handles.remove(SECOND);

    assertThat(handles.tellEnd()).isTrue();
    assertThat(first.getAllReceived()).containsExactly(end);

    handles.remove(FIRST);
    assertThat(handles.tellEnd()).isFalse();
  }

  @Test
  void end_oneHandleNeverConfirms_isToldToTheHandleThatAskedAfterAWhile() {
    add();
    handles.end(RUN, end, Set.of(FIRST));

    for (int i = 0; i < 20; i++) {
      handles.tellEnd();
    }

    assertThat(first.getAllReceived()).containsExactly(end);
  }

  @Test
  void endedRun_isRemembered() {
    add();
    handles.end(RUN, end, Set.of());

    assertThat(handles.end(RUN)).isEqualTo(end);
    assertThat(handles.end(new UUID(0, 2))).isNull();
    assertThat(handles.end(null)).isNull();
    assertThat(handles.isEmpty()).isTrue();
  }
}
