package io.vellamo.actors;

import static io.vellamo.actors.ErrorRun.SLOW;
import static io.vellamo.actors.ErrorRun.word;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vellamo.actors.ErrorRun.Word;
import io.vellamo.api.query.CommittedGroup;
import io.vellamo.api.query.ErrorPolicy;
import io.vellamo.api.query.GroupPage;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.persistence.codec.StandardKeyCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Groups of running queries; the contract of both hostings. */
abstract class LiveStateCases {
  private static final String OPERATOR = "flatMapGroupsWithState";

  private final TestSystem system;

  LiveStateCases(String hosting) {
    system = TestSystem.start("vellamo.query.hosting = " + hosting);
  }

  @AfterEach
  void stop() {
    system.close();
  }

  @Test
  void state_isThatOfTheLastCommittedEpoch() {
    QuerySteps<Word, String> query = new ErrorRun(system).start(ErrorPolicy.fail());
    query
        .add(word("a", "x"), word("b", "x"))
        .add(word("a", "y"))
        .expectRows("a:x1", "b:x1", "a:y2");

    CommittedGroup a = state(query.query(), "a").join().orElseThrow();

    assertThat(a.state(Integer.class)).contains(2);
    assertThat(a.timeout()).isPresent();
    assertThat(a.epoch()).isEqualTo(query.query().lastProgress().orElseThrow().epoch());
    assertThat(state(query.query(), "unknown").join()).isEmpty();
    query.restart();
    assertThat(count(state(query.query(), "a"))).isEqualTo(2);
    query.close();
  }

  @Test
  void state_whileTheFunctionIsCalled_isThatBeforeTheCall() {
    ErrorRun run = new ErrorRun(system);
    QuerySteps<Word, String> query = run.start(ErrorPolicy.fail());
    query.add(word("a", "x")).expectRows("a:x1");
    int calls = run.calls.get();
    run.words.add(word("a", SLOW));
    run.awaitCalls(calls + 1);

    CommittedGroup before = state(query.query(), "a").join().orElseThrow();
    run.gate.countDown();
    query.drain();

    assertThat(before.state(Integer.class)).contains(1);
    assertThat(before.epoch()).isEqualTo(1);
    assertThat(count(state(query.query(), "a"))).isEqualTo(2);
    query.close();
  }

  @Test
  void state_ofAnEpochThatTheSinkHasNotWritten_isAnsweredAfterTheCommit() throws Exception {
    ErrorRun run = new ErrorRun(system);
    QuerySteps<Word, String> query = run.start(ErrorPolicy.fail());
    String other = keyOfAnotherShard("a");
    query.add(word("a", "x"), word(other, "x"));
    final CountDownLatch reached = run.rows.hold();
    run.words.add(word("a", "y"));
    reached.await();

    CompletableFuture<Optional<CommittedGroup>> changed = state(query.query(), "a");
    // Answered by another shard, after the request to this one.
    CommittedGroup unchanged = state(query.query(), other).join().orElseThrow();
    assertThat(unchanged.epoch()).isEqualTo(1);
    assertThat(changed).isNotDone();
    run.rows.pass();

    CommittedGroup a = changed.join().orElseThrow();
    assertThat(a.epoch()).isEqualTo(2);
    assertThat(a.state(Integer.class)).contains(2);
    query.close();
  }

  @Test
  void state_ofAnEpochThatIsNeverCommitted_isRefusedWithTheEndOfTheQuery() throws Exception {
    ErrorRun run = new ErrorRun(system);
    QuerySteps<Word, String> query = run.start(ErrorPolicy.fail());
    query.add(word("a", "x"));
    CountDownLatch reached = run.rows.hold();
    run.words.add(word("a", "y"));
    reached.await();
    CompletableFuture<Optional<CommittedGroup>> changed = state(query.query(), "a");
    run.rows.failing(true);
    run.rows.pass();

    assertThatThrownBy(changed::join)
        .hasRootCauseMessage("failing on purpose")
        .cause()
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("Query [errors] must run to be asked for groups, it has ended; start it again");
    run.rows.failing(false);

    query.restart();
    assertThat(count(state(query.query(), "a"))).isEqualTo(2);
    query.close();
  }

  @Test
  void groups_areListedInPages_alwaysInTheSameOrder() {
    QuerySteps<Word, String> query = new ErrorRun(system).start(ErrorPolicy.fail());
    List<String> keys = IntStream.range(0, 50).mapToObj(number -> "k" + number).toList();
    query.add(keys.stream().map(key -> word(key, "x")).toArray(Word[]::new));

    List<String> listed = list(query.query(), 7);

    assertThat(listed).containsExactlyInAnyOrderElementsOf(keys);
    assertThat(list(query.query(), 50)).isEqualTo(listed);
    query.restart();
    assertThat(list(query.query(), 1)).isEqualTo(listed);
    query.close();
  }

  @Test
  void requestBeforeTheQueryHasItsShards_isAnsweredThen() throws Exception {
    ErrorRun run = new ErrorRun(system);
    run.start(ErrorPolicy.fail()).add(word("a", "x")).close();

    StreamingQuery query = run.query(ErrorPolicy.fail()).start();

    assertThat(count(state(query, "a"))).isEqualTo(1);
    query.stop();
    assertThatThrownBy(state(query, "a")::join)
        .hasRootCauseInstanceOf(IllegalStateException.class)
        .hasRootCauseMessage(
            "Query [errors] must run to be asked for groups, it has ended; start it again");
  }

  private static List<String> list(StreamingQuery query, int limit) {
    List<String> keys = new ArrayList<>();
    GroupPage page = query.groups(OPERATOR, limit).toCompletableFuture().join();
    page.groups().forEach(group -> keys.add((String) group.key()));
    while (page.next().isPresent()) {
      page = query.groups(OPERATOR, page.next().get(), limit).toCompletableFuture().join();
      page.groups().forEach(group -> keys.add((String) group.key()));
    }
    return keys;
  }

  private static CompletableFuture<Optional<CommittedGroup>> state(
      StreamingQuery query, String key) {
    return query.state(key).toCompletableFuture();
  }

  private static int count(CompletableFuture<Optional<CommittedGroup>> group) {
    return group.join().orElseThrow().state(Integer.class).orElseThrow();
  }

  private static String keyOfAnotherShard(String key) {
    return IntStream.range(0, 100)
        .mapToObj(number -> "k" + number)
        .filter(other -> shard(other) != shard(key))
        .findFirst()
        .orElseThrow();
  }

  private static int shard(String key) {
    return new StandardKeyCodec().write(key).shard(4);
  }
}
