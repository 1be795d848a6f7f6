package io.vellamo.actors;

import static io.vellamo.actors.ErrorRun.SLOW;
import static io.vellamo.actors.ErrorRun.TIMEOUT;
import static io.vellamo.actors.ErrorRun.word;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vellamo.actors.ErrorRun.Word;
import io.vellamo.api.query.ErrorPolicy;
import io.vellamo.api.query.EventCounts;
import io.vellamo.api.query.ParkedGroup;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.api.query.StreamingQueryProgress;
import io.vellamo.api.sink.DeadLetter;
import io.vellamo.api.sink.DeadLetter.Position;
import io.vellamo.persistence.codec.StandardKeyCodec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Parked groups; the contract of both hostings. */
abstract class ParkCases {
  private static final String ERROR = "java.lang.IllegalStateException";

  private final TestSystem system;

  ParkCases(String hosting) {
    system =
        TestSystem.start(
            "vellamo.journal.least-snapshot-size = 1\nvellamo.query.hosting = " + hosting);
  }

  @AfterEach
  void stop() {
    system.close();
  }

  @Test
  void groupThatThrows_isParked_andTheOthersGoOn() {
    ErrorRun run = new ErrorRun(system, "bad");
    QuerySteps<Word, String> query = run.start(ErrorPolicy.park());

    query.add(word("a", "x"), word("b", "x")).expectRows("a:x1", "b:x1");
    query.add(word("a", "y"), word("a", "bad"), word("b", "y")).expectRows("b:y2");
    query.add(word("a", "z"), word("b", "z")).expectRows("b:z3").expectGroups(2);

    assertThat(parked(query))
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("error")
        .containsExactly(
            new ParkedGroup(
                "flatMapGroupsWithState", "a", 2, ERROR, Optional.of("can't number bad"), 3));
    assertThat(parked(query).get(0).error()).startsWith(ERROR + " at io.vellamo.actors.");
    assertThat(last(query).state().parked()).isEqualTo(1);
    assertThat(last(query).state().waiting()).isEqualTo(3);
    assertThat(last(query).total()).isEqualTo(new EventCounts(7, 0, 0));
    query.close();
  }

  @Test
  void redrive_callsTheFunctionWithAllThatWaits_inOrder() {
    ErrorRun run = new ErrorRun(system, "bad");
    QuerySteps<Word, String> query = run.start(ErrorPolicy.park());
    query.add(word("a", "x"), word("a", "bad")).add(word("a", "y")).expectNoRows();
    run.bad.clear();

    assertThat(redrive(query, "a")).isTrue();

    query.drain().expectRows("a:x1", "a:bad2", "a:y3");
    assertThat(parked(query)).isEmpty();
    assertThat(last(query).state().parked()).isZero();
    assertThat(last(query).state().waiting()).isZero();
    assertThat(last(query).events()).isEqualTo(EventCounts.NONE);
    assertThat(last(query).total()).isEqualTo(new EventCounts(3, 0, 0));
    query.add(word("a", "z")).expectRows("a:z4").close();
  }

  @Test
  void redrive_thatThrowsAgain_parksAgain_andLosesNothing() {
    ErrorRun run = new ErrorRun(system, "bad", "worse");
    QuerySteps<Word, String> query = run.start(ErrorPolicy.park());
    query.add(word("a", "bad")).add(word("a", "worse"));
    run.bad.remove("bad");

    redrive(query, "a");
    query.drain().expectNoRows();

    assertThat(parked(query))
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("error")
        .containsExactly(
            new ParkedGroup(
                "flatMapGroupsWithState", "a", 1, ERROR, Optional.of("can't number worse"), 2));
    run.bad.clear();
    redrive(query, "a");
    query.drain().expectRows("a:bad1", "a:worse2").close();
  }

  @Test
  void release_leavesOutWhatThrows_andGoesOnWithTheRest() {
    ErrorRun run = new ErrorRun(system, "bad");
    QuerySteps<Word, String> query = run.start(ErrorPolicy.park());
    query.add(word("a", "x"), word("a", "bad")).add(word("a", "y"));

    assertThat(release(query, "a")).isTrue();

    query.drain().expectRows("a:x1", "a:y2").add(word("a", "z")).expectRows("a:z3");
    assertThat(parked(query)).isEmpty();
    assertThat(run.letters.rows()).hasSize(1);
    DeadLetter letter = run.letters.rows().get(0);
    assertThat(letter.event()).contains(word("a", "bad"));
    assertThat(letter.position()).contains(new Position("memory-0", 1));
    assertThat(letter.epoch()).isEqualTo(1);
    assertThat(last(query).total()).isEqualTo(new EventCounts(4, 0, 0));
    query.close();
  }

  @Test
  void parkedGroups_andWishes_surviveRestartsAndSnapshots() throws Exception {
    ErrorRun run = new ErrorRun(system, "bad");
    QuerySteps<Word, String> query = run.start(ErrorPolicy.park());
    for (int i = 0; i < 5; i++) {
      query.add(word("a", "bad"), word("b", "x"), word("c", "x" + i)).restart();
    }
    assertThat(parked(query)).extracting(ParkedGroup::events).containsExactly(5L);
    run.bad.clear();

    // The wish is in the journal, and the query is gone before an epoch has seen it.
    run.rows.failing(true);
    redrive(query, "a");
    assertThatThrownBy(query.query()::awaitTermination).hasMessageContaining("writing to Flaky");
    run.rows.failing(false);

    List<String> before = run.rows.rows();
    query.restart();
    assertThat(run.rows.rows().subList(before.size(), run.rows.rows().size()))
        .containsExactly("a:bad1", "a:bad2", "a:bad3", "a:bad4", "a:bad5");
    query.close();
  }

  @Test
  void timeoutThatThrows_parksTheGroup_andItsTimeStandsStill() {
    ErrorRun run = new ErrorRun(system, TIMEOUT);
    QuerySteps<Word, String> query = run.start(ErrorPolicy.park());
    query.add(word("a", "x")).expectRows("a:x1");
    query.advance(Duration.ofSeconds(11)).advance(Duration.ofSeconds(11)).expectNoRows();
    int calls = run.calls.get();
    query.advance(Duration.ofSeconds(11)).add(word("b", "x")).expectRows("b:x1");
    assertThat(run.calls).hasValue(calls + 1);
    assertThat(parked(query))
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("error")
        .containsExactly(
            new ParkedGroup(
                "flatMapGroupsWithState", "a", 2, ERROR, Optional.of("can't number @"), 0));

    run.bad.clear();
    redrive(query, "a");

    query.drain().expectRows("a:@1").close();
  }

  @Test
  void release_ofATimeoutThatThrows_dropsIt() {
    ErrorRun run = new ErrorRun(system, TIMEOUT);
    QuerySteps<Word, String> query = run.start(ErrorPolicy.park());
    query.add(word("a", "x")).expectRows("a:x1").advance(Duration.ofSeconds(11));

    release(query, "a");

    query.drain().expectNoRows().expectGroups(1);
    assertThat(parked(query)).isEmpty();
    assertThat(run.letters.rows()).extracting(DeadLetter::key).containsExactly(Optional.of("a"));
    assertThat(run.letters.rows().get(0).position()).isEmpty();
    query.advance(Duration.ofSeconds(11)).add(word("a", "y")).expectRows("a:y2").close();
  }

  @Test
  void eventsOfAGroupParkedForATimeout_areCalledInPlaceOfTheTimeout() {
    ErrorRun run = new ErrorRun(system, TIMEOUT);
    QuerySteps<Word, String> query = run.start(ErrorPolicy.park());
    query.add(word("a", "x")).expectRows("a:x1").advance(Duration.ofSeconds(11));
    query.add(word("a", "y")).expectNoRows();

    redrive(query, "a");

    query.drain().expectRows("a:y2").close();
  }

  @Test
  void wish_thatCameWhileAnEpochRan_isNoPartOfIt_whenItRunsAgain() throws Exception {
    ErrorRun run = new ErrorRun(system, "bad");
    QuerySteps<Word, String> query = run.start(ErrorPolicy.park());
    query.add(word("a", "bad"));
    run.bad.clear();
    CountDownLatch reached = run.rows.hold();
    run.words.add(word(keyOfAnotherShard("a"), "x"));
    reached.await();
    redrive(query, "a");
    run.rows.failing(true);
    run.rows.pass();
    assertThatThrownBy(query.query()::awaitTermination).hasMessageContaining("in epoch [2]");
    run.rows.failing(false);

    query.restart();

    assertThat(run.rows.rowsOfEpoch(2)).containsExactly(keyOfAnotherShard("a") + ":x1");
    assertThat(run.rows.rowsOfEpoch(3)).containsExactly("a:bad1");
    query.close();
  }

  @Test
  void wish_whileTheShardRunsAnEpoch_isWrittenDownBehindIt_andDoneByTheNext() {
    ErrorRun run = new ErrorRun(system, "bad");
    QuerySteps<Word, String> query = run.start(ErrorPolicy.park());
    query.add(word("a", "bad"));
    int calls = run.calls.get();
    run.bad.clear();
    run.words.add(word(keyOfTheSameShard("a"), SLOW));
    run.awaitCalls(calls + 1);

    CompletableFuture<Boolean> found = query.query().redrive("a").toCompletableFuture();
    run.gate.countDown();

    assertThat(found.join()).isTrue();
    query.drain();
    assertThat(run.rows.rowsOfEpoch(2)).containsExactly(keyOfTheSameShard("a") + ":slow1");
    assertThat(run.rows.rowsOfEpoch(3)).containsExactly("a:bad1");
    query.close();
  }

  @Test
  void wish_beforeTheQueryHasItsShards_isKeptUntilThen() throws Exception {
    ErrorRun run = new ErrorRun(system, "bad");
    run.start(ErrorPolicy.park()).add(word("a", "bad")).close();
    run.bad.clear();

    StreamingQuery query = run.query(ErrorPolicy.park()).start();
    CompletionStage<List<ParkedGroup>> parked = query.parkedGroups();
    CompletionStage<Boolean> found = query.redrive("a");

    assertThat(parked.toCompletableFuture().join()).hasSize(1);
    assertThat(found.toCompletableFuture().join()).isTrue();
    query.processAllAvailable();
    assertThat(run.rows.rows()).containsExactly("a:bad1");
    query.stop();
  }

  @Test
  void anotherPolicy_leavesParkedGroupsParked() {
    ErrorRun run = new ErrorRun(system, "bad");
    QuerySteps<Word, String> query = run.start(ErrorPolicy.park());
    query.add(word("a", "bad")).close();

    query = run.start(ErrorPolicy.fail());
    query.add(word("a", "x")).expectNoRows();
    redrive(query, "a");
    query.drain().expectNoRows();

    assertThat(parked(query)).extracting(ParkedGroup::events).containsExactly(2L);
    release(query, "a");
    query.drain().expectRows("a:x1").close();
  }

  @Test
  void retryThenPark_retriesFirst() {
    ErrorRun run = new ErrorRun(system, "bad");
    QuerySteps<Word, String> query =
        run.start(ErrorPolicy.retry(2, Duration.ofMillis(1)).thenPark());

    query.add(word("a", "bad")).expectNoRows();

    assertThat(run.calls).hasValue(3);
    assertThat(parked(query)).hasSize(1);
    query.close();
  }

  @Test
  void wishes_ofGroupsThatAreNotParked_areAnsweredSo() {
    QuerySteps<Word, String> query =
        new ErrorRun(system).start(ErrorPolicy.park()).add(word("a", "x"));

    assertThat(redrive(query, "a")).isFalse();
    assertThat(release(query, "unknown")).isFalse();
    assertThat(parked(query)).isEmpty();
    query.close();
    assertThatThrownBy(() -> parked(query))
        .hasRootCauseInstanceOf(IllegalStateException.class)
        .hasRootCauseMessage(
            "Query [errors] must run to be asked for parked groups, it has ended; start it again");
  }

  private static String keyOfAnotherShard(String key) {
    return otherKey(other -> shard(other) != shard(key));
  }

  private static String keyOfTheSameShard(String key) {
    return otherKey(other -> shard(other) == shard(key));
  }

  private static String otherKey(Predicate<String> condition) {
    return IntStream.range(0, 100)
        .mapToObj(number -> "k" + number)
        .filter(condition)
        .findFirst()
        .orElseThrow();
  }

  private static int shard(String key) {
    return new StandardKeyCodec().write(key).shard(4);
  }

  private static List<ParkedGroup> parked(QuerySteps<?, ?> query) {
    return query.query().parkedGroups().toCompletableFuture().join();
  }

  private static boolean redrive(QuerySteps<?, ?> query, @Nullable Object key) {
    return query.query().redrive(key).toCompletableFuture().join();
  }

  private static boolean release(QuerySteps<?, ?> query, @Nullable Object key) {
    return query.query().release(key).toCompletableFuture().join();
  }

  private static StreamingQueryProgress last(QuerySteps<?, ?> query) {
    return query.query().lastProgress().orElseThrow();
  }
}
