package io.vellamo.connectors.process;

import static io.vellamo.connectors.process.ProcessorRun.byKey;
import static io.vellamo.connectors.process.ProcessorRun.last;
import static io.vellamo.connectors.process.ProcessorRun.seconds;
import static io.vellamo.connectors.process.ProcessorRun.start;
import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.api.process.GroupContext;
import io.vellamo.api.process.ListVariable;
import io.vellamo.api.process.ProcessingTimer;
import io.vellamo.api.process.Timer;
import io.vellamo.api.process.Variables;
import io.vellamo.api.query.ErrorPolicy;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.ParkedGroup;
import io.vellamo.api.sink.DeadLetter;
import io.vellamo.connectors.memory.MemorySink;
import io.vellamo.testkit.StreamingQueryHarness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Calls of processors that throw, under each error policy. An event "x 5" sets the timer "x" in
 * five seconds; an event or a timer whose name is bad throws.
 */
final class ProcessorErrorsTest {
  private static final ListVariable<String> SEEN = Variables.list("seen", String.class);
  private static final ProcessingTimer DUE = ProcessingTimer.named("due");
  private static final ErrorPolicy RETRY =
      ErrorPolicy.retry(3, Duration.ofMillis(1)).thenDeadLetter();

  private final Set<String> bad = new TreeSet<>();
  private final MemorySink<DeadLetter> letters = MemorySink.create();

  @Test
  void deadLetter_timerThatThrows_isLeftOutAlone() {
    bad.add("y");
    StreamingQueryHarness<Input, String> query = query(ErrorPolicy.deadLetter());
    query.add(set("x", 5), set("y", 5), set("z", 5), set("later", 9)).expectNoRows();

    query.advance(seconds(5)).expectRows("x:[x, y, z, later]", "z:[x, y, z, later, +x]");

    assertThat(letters.rows()).hasSize(1);
    DeadLetter letter = letters.rows().get(0);
    assertThat(letter.key()).contains("a");
    assertThat(letter.message()).contains("y is bad");
    assertThat(letter.event()).isEmpty();
    query.restart().advance(seconds(4)).expectRows("later:[x, y, z, later, +x, +z]");
    assertThat(letters.rows()).hasSize(1);
    query.close();
  }

  @Test
  void deadLetter_timersDueAfterEvents_onlyTheBadOneIsLeftOut() {
    bad.add("y");
    StreamingQueryHarness<Input, String> query = query(ErrorPolicy.deadLetter());

    query.add(set("x", 0), set("y", 0), set("z", 0));

    query.expectRows("x:[x, y, z]", "z:[x, y, z, +x]");
    assertThat(letters.rows()).hasSize(1);
    query.add(set("w", 0)).expectRows("w:[x, y, z, +x, +z, w]").close();
  }

  @Test
  void deadLetter_eventsAreLeftOutOneByOne_andTimersSeeTheRest() {
    bad.add("e");
    StreamingQueryHarness<Input, String> query = query(ErrorPolicy.deadLetter());

    query.add(set("x", 0), set("e", 0), set("z", 0)).expectRows("x:[x, z]", "z:[x, z, +x]");

    assertThat(letters.rows())
        .extracting(letter -> letter.event().orElseThrow())
        .containsExactly(set("e", 0));
    query.close();
  }

  @Test
  void deadLetter_allEventsThrow_dueTimersFireOnce() {
    bad.add("e");
    StreamingQueryHarness<Input, String> query = query(ErrorPolicy.deadLetter());
    query.add(set("x", 5)).stop().advance(seconds(5));

    query.add(set("e", 0), set("e", 0)).resume().expectRows("x:[x]");

    assertThat(letters.rows()).hasSize(2);
    query.add(set("w", 0)).expectRows("w:[x, +x, w]").close();
  }

  @Test
  void deadLetter_theOnlyEventThrows_dueTimersFireOnce() {
    bad.add("e");
    StreamingQueryHarness<Input, String> query = query(ErrorPolicy.deadLetter());
    query.add(set("x", 5)).stop().advance(seconds(5));

    query.add(set("e", 0)).resume().expectRows("x:[x]");

    assertThat(letters.rows()).hasSize(1);
    query.add(set("w", 0)).expectRows("w:[x, +x, w]").close();
  }

  @Test
  void retry_timersAfterEvents_beginAgainWithTheFirst() {
    TreeSet<String> once = new TreeSet<>(Set.of("y"));
    StreamingQueryHarness<Input, String> query =
        start(
            inputs ->
                byKey(inputs)
                    .process(
                        OutputMode.APPEND,
                        listing()
                            .onTimers(
                                (key, timer, group) -> {
                                  if (once.remove(timer.tag().orElseThrow())) {
                                    throw new IllegalStateException("only once");
                                  }
                                  fire(timer, group);
                                })),
            builder -> builder.onError(RETRY));

    query.add(set("x", 0), set("y", 0)).expectRows("x:[x, y]", "y:[x, y, +x]");
    query.add(set("z", 0)).expectRows("z:[x, y, +x, +y, z]").close();
  }

  @Test
  void retry_timersWithoutEvents_beginAgainWithTheFirst() {
    TreeSet<String> once = new TreeSet<>(Set.of("y"));
    StreamingQueryHarness<Input, String> query =
        start(
            inputs ->
                byKey(inputs)
                    .process(
                        OutputMode.APPEND,
                        listing()
                            .onTimers(
                                (key, timer, group) -> {
                                  if (once.remove(timer.tag().orElseThrow())) {
                                    throw new IllegalStateException("only once");
                                  }
                                  fire(timer, group);
                                })),
            builder -> builder.onError(RETRY));
    query.add(set("x", 5), set("y", 5)).expectNoRows();

    query.advance(seconds(5)).expectRows("x:[x, y]", "y:[x, y, +x]").close();
  }

  @Test
  void park_timerThatThrows_suspendsTheGroup_untilTheRedrive() {
    bad.add("y");
    StreamingQueryHarness<Input, String> query = query(ErrorPolicy.park());
    query.add(set("x", 5), set("y", 6), set("z", 20));
    query.advance(seconds(6)).expectRows("x:[x, y, z]");

    assertThat(parked(query)).hasSize(1);
    assertThat(parked(query).get(0).message()).contains("y is bad");
    query.advance(seconds(30)).add(set("w", 1)).advance(seconds(5)).expectNoRows();
    assertThat(last(query).state().parked()).isEqualTo(1);
    query.restart().expectNoRows().expectGroups(1);

    bad.clear();
    assertThat(query.query().redrive("a").toCompletableFuture().join()).isTrue();
    query.drain();
    query.expectRows("y:[x, y, z, +x, w]", "z:[x, y, z, +x, w, +y]").advance(seconds(1));
    query.expectRows("w:[x, y, z, +x, w, +y, +z]");
    assertThat(parked(query)).isEmpty();
    query.close();
  }

  @Test
  void park_timerThatThrows_ofAGroupWithoutEvents_isRedriven() {
    bad.add("y");
    StreamingQueryHarness<Input, String> query = query(ErrorPolicy.park());
    query.add(set("x", 5), set("y", 5)).advance(seconds(5)).expectNoRows();
    assertThat(parked(query)).hasSize(1);

    query.query().redrive("a");
    query.drain().expectNoRows();
    assertThat(parked(query)).hasSize(1);
    bad.clear();
    query.query().redrive("a");
    query.drain().expectRows("x:[x, y]", "y:[x, y, +x]");
    assertThat(parked(query)).isEmpty();
    query.close();
  }

  @Test
  void park_release_leavesTheBadTimerOut() {
    bad.add("y");
    StreamingQueryHarness<Input, String> query = query(ErrorPolicy.park());
    query.add(set("x", 5), set("y", 5)).advance(seconds(5)).expectNoRows();

    query.query().release("a");
    query.drain().expectRows("x:[x, y]");

    assertThat(parked(query)).isEmpty();
    assertThat(letters.rows()).hasSize(1);
    query.close();
  }

  @Test
  void park_timersAfterEventsThrow_eventsAreKept() {
    bad.add("y");
    StreamingQueryHarness<Input, String> query = query(ErrorPolicy.park());
    query.add(set("x", 0), set("y", 0)).expectNoRows().expectGroups(1);
    assertThat(parked(query)).hasSize(1);
    bad.clear();

    query.query().redrive("a");
    query.drain().expectRows("x:[x, y]", "y:[x, y, +x]").close();
  }

  @Test
  void fail_epochThatRunsAgain_firesTheSameTimers() {
    bad.add("y");
    StreamingQueryHarness<Input, String> query = query(ErrorPolicy.fail());
    query.add(set("x", 5), set("y", 5));

    query.expectFailure(IllegalStateException.class, "y is bad", down -> down.advance(seconds(5)));
    bad.clear();
    query.resume().expectRows("x:[x, y]", "y:[x, y, +x]").close();
  }

  private StreamingQueryHarness<Input, String> query(ErrorPolicy policy) {
    return start(
        inputs ->
            byKey(inputs)
                .process(
                    OutputMode.APPEND,
                    listing()
                        .onTimers(
                            (key, timer, group) -> {
                              refuse(timer.tag().orElseThrow());
                              fire(timer, group);
                            })),
        builder -> builder.onError(policy).deadLettersTo(letters));
  }

  private Functions<Input> listing() {
    return Functions.<Input>of(SEEN)
        .with(DUE)
        .onEach(
            (event, group) -> {
              if (event.text().equals("e")) {
                refuse(event.text());
              }
              group.list(SEEN).append(event.text());
              group.timers(DUE).setAfter(event.text(), seconds(event.second()));
            });
  }

  private void refuse(String name) {
    if (bad.contains(name)) {
      throw new IllegalStateException(name + " is bad");
    }
  }

  private static void fire(Timer timer, GroupContext<String> group) {
    String tag = timer.tag().orElseThrow();
    group.emit(tag + ":" + all(group));
    group.list(SEEN).append("+" + tag);
  }

  private static List<String> all(GroupContext<String> group) {
    List<String> all = new ArrayList<>();
    group.list(SEEN).forEach(all::add);
    return all;
  }

  private static List<ParkedGroup> parked(StreamingQueryHarness<Input, String> query) {
    return query.query().parkedGroups().toCompletableFuture().join();
  }

  private static Input set(String timer, long seconds) {
    return new Input("a", timer, seconds);
  }
}
