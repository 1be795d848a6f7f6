package io.vellamo.actors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.group.InitialState;
import io.vellamo.api.query.ErrorPolicy;
import io.vellamo.api.query.EventCounts;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.ParkedGroup;
import io.vellamo.api.sink.LateEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What epochs do one after the other, the same for each driver of a stream. */
abstract class StreamContract extends EpochContract {
  private static final Duration TEN_SECONDS = Duration.ofSeconds(10);

  StreamContract(EpochDriver driver) {
    super(driver);
  }

  @Test
  void processingTimeTimeout_firesOnce_afterTheGroupsWithEvents() throws Exception {
    words.add(word("a", "x"));
    start(ErrorPolicy.fail());
    driver.advance(Duration.ofSeconds(9));
    assertThat(rows.rows()).containsExactly("a:x1");

    words.add(word("b", "y"));
    driver.advance(Duration.ofSeconds(2));
    driver.advance(Duration.ofSeconds(1));

    assertThat(rows.rows()).containsExactly("a:x1", "b:y1", "a:@1");
    assertThat(calls).containsExactly("events a", "events b", "timeout a");
  }

  @Test
  void eventTimeTimeout_firesWhenTheWatermarkHasPassed_andEventsBeforeItAreLate() throws Exception {
    words.add(at("a", 1));
    startInEventTime();

    words.add(at("b", 12));
    driver.settle();
    words.add(at("c", 11), at("d", 12));
    driver.settle();

    assertThat(rows.rows()).containsExactly("a:w1", "b:w1", "a:@1", "d:w1");
    assertThat(late.rows())
        .containsExactly(
            new LateEvent(at("c", 11), Instant.ofEpochSecond(11), Instant.ofEpochSecond(12)));
    assertThat(driver.total()).isEqualTo(new EventCounts(3, 1, 0));
  }

  /** The second epoch is read while the first runs. */
  @Test
  void initialStates_areThoseOfTheFirstEpochOnly() throws Exception {
    words.add(word("a", "x"), word("b", "y"), word("a", "z"));

    driver.start(
        start ->
            to(
                    ErrorPolicy.fail(),
                    keyed(start)
                        .withInitialState(InitialState.of(Integer.class, Map.of("a", 5, "b", 7)))
                        .flatMapGroupsWithState(
                            OutputMode.APPEND, GroupStateTimeout.PROCESSING_TIME, this::number))
                .maxEventsPerEpoch(1));

    assertThat(rows.rows()).containsExactly("a:x6", "b:!7", "b:y8", "a:z7");
    assertThat(calls).containsExactly("events a", "initial b", "events b", "events a");
  }

  @Test
  void deadLetter_ofATimeout_dropsIt_andKeepsTheState() throws Exception {
    bad.add("@");
    words.add(word("a", "x"));
    start(ErrorPolicy.deadLetter());

    driver.advance(TEN_SECONDS);
    driver.advance(TEN_SECONDS);
    words.add(word("a", "y"));
    driver.settle();

    assertThat(rows.rows()).containsExactly("a:x1", "a:y2");
    assertThat(letters()).containsExactly("2 - a java.lang.IllegalStateException @ -");
  }

  @Test
  void park_keepsTheEventsOfTheGroup_andRedriveCallsItWithAll() throws Exception {
    bad.add("bad");
    words.add(word("a", "x"), word("a", "bad"), word("b", "x"));
    start(ErrorPolicy.park());
    words.add(word("a", "y"), word("b", "y"));
    driver.settle();

    assertThat(rows.rows()).containsExactly("b:x1", "b:y2");
    assertThat(driver.parked())
        .extracting(ParkedGroup::key, ParkedGroup::sinceEpoch, ParkedGroup::events)
        .containsExactly(tuple("a", 1L, 3L));
    assertThat(driver.total()).isEqualTo(new EventCounts(5, 0, 0));

    bad.clear();
    driver.redrive("a");

    assertThat(rows.rows()).containsExactly("b:x1", "b:y2", "a:x1", "a:bad2", "a:y3");
    assertThat(driver.parked()).isEmpty();
    assertThat(calls).filteredOn("events a"::equals).hasSize(2);
  }

  @Test
  void release_leavesOutTheEventsThatThrow() throws Exception {
    bad.add("bad");
    words.add(word("a", "x"), word("a", "bad"), word("a", "y"));
    start(ErrorPolicy.park());
    assertThat(rows.rows()).isEmpty();

    driver.release("a");

    assertThat(rows.rows()).containsExactly("a:x1", "a:y2");
    assertThat(letters()).containsExactly("1 memory-0@1 a java.lang.IllegalStateException bad bad");
  }

  @Test
  void park_ofATimeout_suspendsIt() throws Exception {
    bad.add("@");
    words.add(word("a", "x"));
    start(ErrorPolicy.park());
    driver.advance(TEN_SECONDS);
    driver.advance(TEN_SECONDS);
    assertThat(calls).containsExactly("events a", "timeout a");

    bad.clear();
    driver.redrive("a");

    assertThat(rows.rows()).containsExactly("a:x1", "a:@1");
  }

  private static Word at(String key, long second) {
    return new Word(key, "w", second);
  }
}
