package io.vellamo.actors;

import static io.vellamo.actors.ErrorRun.TIMEOUT;
import static io.vellamo.actors.ErrorRun.word;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vellamo.actors.ErrorRun.Word;
import io.vellamo.api.query.ErrorPolicy;
import io.vellamo.api.query.EventCounts;
import io.vellamo.api.query.StreamingQueryException;
import io.vellamo.api.sink.DeadLetter;
import io.vellamo.api.sink.DeadLetter.Position;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a query does when a user's function throws; the contract of both hostings. */
abstract class ErrorCases {
  private static final ErrorPolicy RETRY_TWICE =
      ErrorPolicy.retry(2, Duration.ofMillis(1)).thenFail();

  private final TestSystem system;

  ErrorCases(String hosting) {
    system = TestSystem.start("vellamo.query.hosting = " + hosting);
  }

  @AfterEach
  void stop() {
    system.close();
  }

  @Test
  void deadLetter_leavesOutTheEventThatThrows_andNothingElse() {
    ErrorRun run = new ErrorRun(system, "bad");
    QuerySteps<Word, String> query = run.start(ErrorPolicy.deadLetter());

    query.add(word("a", "x"), word("b", "x"), word("a", "bad"), word("a", "y"));
    query.expectRows("a:x1", "a:y2", "b:x1").expectChanges(2, 0);
    query.add(word("a", "z")).expectRows("a:z3");

    assertThat(run.letters.rows()).hasSize(1);
    DeadLetter letter = run.letters.rows().get(0);
    assertThat(letter.position()).contains(new Position("memory-0", 2));
    assertThat(letter.epoch()).isEqualTo(1);
    assertThat(letter.key()).contains("a");
    assertThat(letter.reason())
        .startsWith("the function threw [java.lang.IllegalStateException] at io.vellamo.");
    assertThat(letter.error()).contains("java.lang.IllegalStateException");
    assertThat(letter.message()).contains("can't number bad");
    assertThat(letter.event()).contains(word("a", "bad"));
    assertThat(letter.entry()).isEmpty();
    assertThat(total(query)).isEqualTo(new EventCounts(4, 0, 1));
    query.close();
  }

  /** Unfinished functions of other languages throw such errors. */
  @Test
  void deadLetter_ofAnErrorThatIsNoException_isLikeAnyOther() {
    ErrorRun run = new ErrorRun(system, ErrorRun.ERROR);
    QuerySteps<Word, String> query = run.start(ErrorPolicy.deadLetter());

    query.add(word("a", "x"), word("a", ErrorRun.ERROR), word("a", "y")).expectRows("a:x1", "a:y2");

    assertThat(run.letters.rows()).extracting(DeadLetter::error).hasSize(1);
    assertThat(run.letters.rows().get(0).error()).contains("java.lang.Error");
    query.close();
  }

  @Test
  void deadLetter_ofAllEventsOfAGroup_leavesItAsItWas() {
    ErrorRun run = new ErrorRun(system, "bad");
    QuerySteps<Word, String> query = run.start(ErrorPolicy.deadLetter());

    query.add(word("a", "bad")).expectNoRows().expectGroups(0);
    query.add(word("a", "bad"), word("a", "bad")).expectNoRows().expectGroups(0).restart();
    query.add(word("a", "x")).expectRows("a:x1");

    assertThat(total(query)).isEqualTo(new EventCounts(1, 0, 3));
    query.close();
  }

  @Test
  void deadLetters_thatDidNotReachTheirSink_doSoAfterARestart_withoutACall() {
    ErrorRun run = new ErrorRun(system, "bad");
    QuerySteps<Word, String> query = run.start(ErrorPolicy.deadLetter());
    run.letters.failing(true);
    query.addFailing("writing to Flaky failed", word("a", "x"), word("b", "bad"));
    assertThat(run.letters.rows()).isEmpty();
    int calls = run.calls.get();

    // What was bad would be good now.
    run.bad.clear();
    run.letters.failing(false);
    query.restart().expectRows("a:x1");

    assertThat(run.calls).hasValue(calls);
    assertThat(run.letters.rows()).extracting(DeadLetter::event).hasSize(1);
    assertThat(run.letters.rows().get(0).event()).contains(word("b", "bad"));
    assertThat(run.letters.rows().get(0).position()).contains(new Position("memory-0", 1));
    assertThat(total(query)).isEqualTo(new EventCounts(1, 0, 1));
    query.close();
  }

  @Test
  void deadLetter_ofATimeout_dropsTheTimeout_andKeepsTheState() {
    ErrorRun run = new ErrorRun(system, TIMEOUT);
    QuerySteps<Word, String> query = run.start(ErrorPolicy.deadLetter());
    query.add(word("a", "x")).expectRows("a:x1");

    query.advance(Duration.ofSeconds(11)).expectNoRows().expectGroups(1);
    query.advance(Duration.ofSeconds(11)).restart().add(word("a", "y")).expectRows("a:y2");

    assertThat(run.letters.rows()).hasSize(1);
    DeadLetter letter = run.letters.rows().get(0);
    assertThat(letter.position()).isEmpty();
    assertThat(letter.event()).isEmpty();
    assertThat(letter.epoch()).isEqualTo(2);
    assertThat(letter.key()).contains("a");
    assertThat(letter.reason())
        .startsWith("the function threw [java.lang.IllegalStateException] at io.vellamo.")
        .endsWith(" in a call without events");
    assertThat(total(query)).isEqualTo(new EventCounts(2, 0, 0));
    query.close();
  }

  @Test
  void deadLetter_ofAStage_isTheEventAsItCame() {
    ErrorRun run = new ErrorRun(system, "map bad");
    QuerySteps<Word, String> query = run.start(ErrorPolicy.deadLetter());

    query.add(word("a", "bad"), word("a", "x"), word("a", "dropped")).expectRows("a:x1");

    assertThat(run.letters.rows()).hasSize(1);
    assertThat(run.letters.rows().get(0).reason())
        .startsWith("map threw [java.lang.IllegalStateException] at io.vellamo.");
    assertThat(run.letters.rows().get(0).event()).contains(word("a", "bad"));
    assertThat(total(query)).isEqualTo(new EventCounts(2, 0, 1));
    query.close();
  }

  @Test
  void deadLetters_withoutASink_areCounted() {
    ErrorRun run = new ErrorRun(system, "bad").withoutLetters();
    QuerySteps<Word, String> query = run.start(ErrorPolicy.deadLetter());

    query.add(word("a", "bad"), word("a", "x")).expectRows("a:x1");

    assertThat(total(query)).isEqualTo(new EventCounts(1, 0, 1));
    query.close();
  }

  @Test
  void retry_thatHelps_leavesNoTraceOfTheFailedCalls() {
    ErrorRun run = new ErrorRun(system, "shaky");
    run.mendedAfter(2);
    QuerySteps<Word, String> query = run.start(RETRY_TWICE);

    query.add(word("a", "x"), word("a", "shaky"), word("b", "x"));
    query.expectRows("a:x1", "a:shaky2", "b:x1");

    assertThat(run.calls).hasValue(4);
    assertThat(total(query)).isEqualTo(new EventCounts(3, 0, 0));
    query.close();
  }

  @Test
  void retry_ofATimeout_helpsToo() {
    ErrorRun run = new ErrorRun(system, TIMEOUT);
    run.mendedAfter(2);
    QuerySteps<Word, String> query = run.start(RETRY_TWICE);
    query.add(word("a", "x")).expectRows("a:x1");

    query.advance(Duration.ofSeconds(11)).expectRows("a:@1").close();
  }

  @Test
  void retry_thatDoesNotHelp_fails() {
    ErrorRun run = new ErrorRun(system, "bad");
    QuerySteps<Word, String> query = run.start(RETRY_TWICE);

    query.addFailing(
        "for group [a], source position [memory-0@1]", word("a", "x"), word("a", "bad"));

    assertThat(run.calls).hasValue(3);
    run.bad.clear();
    query.restart().expectRows("a:x1", "a:bad2").close();
  }

  @Test
  void retry_thatDoesNotHelp_deadLettersIfThatFollows() {
    ErrorRun run = new ErrorRun(system, "bad");
    QuerySteps<Word, String> query =
        run.start(ErrorPolicy.retry(2, Duration.ofMillis(1)).thenDeadLetter());

    query.add(word("a", "x"), word("a", "bad")).expectRows("a:x1");

    assertThat(run.calls).hasValue(3 + 2);
    assertThat(run.letters.rows()).hasSize(1);
    query.close();
  }

  @Test
  void stop_whileACallWaitsToBeMadeAgain_doesNotWait() throws Exception {
    ErrorRun run = new ErrorRun(system, "bad");
    QuerySteps<Word, String> query = run.start(ErrorPolicy.retry(1, Duration.ofDays(1)).thenFail());
    run.words.add(word("a", "bad"));
    run.awaitCalls(1);

    query.query().stop();

    run.bad.clear();
    query.restart().expectRows("a:bad1").close();
  }

  @Test
  void fail_isTheDefault_andAStageFailsUnderRetryToo() {
    ErrorRun run = new ErrorRun(system, "map bad");
    QuerySteps<Word, String> query = run.start(RETRY_TWICE);

    query.addFailing("map failed at source position [memory-0@0]", word("a", "bad"));

    assertThatThrownBy(query.query()::awaitTermination).isInstanceOf(StreamingQueryException.class);
    query.close();
  }

  private static EventCounts total(QuerySteps<?, ?> query) {
    return query.query().recentProgress().stream()
        .reduce((first, last) -> last)
        .orElseThrow()
        .total();
  }
}
