package io.vellamo.actors;

import static io.vellamo.actors.ErrorRun.SLOW;
import static io.vellamo.actors.ErrorRun.word;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vellamo.actors.ErrorRun.Word;
import io.vellamo.api.query.ErrorPolicy;
import io.vellamo.api.query.ParkedGroup;
import io.vellamo.api.query.StreamingQuery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** More requests at once than any mailbox or stash has room for: each is answered. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
final class BulkRequestsTest {
  /** More than Pekko's stashes hold by default. */
  private static final int MANY = 12_000;

  private TestSystem system = TestSystem.start();

  @AfterEach
  void stop() {
    system.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"actor", "inline"})
  void redriveOfThousands_whileAnEpochRuns_isAnsweredAndDone(String hosting) throws Exception {
    system.close();
    system = TestSystem.start("vellamo.query.hosting = " + hosting);
    ErrorRun run = new ErrorRun(system, "bad");
    StreamingQuery query = run.query(ErrorPolicy.park()).start();
    run.words.add(
        IntStream.range(0, MANY).mapToObj(i -> word("k" + i, "bad")).toArray(Word[]::new));
    query.processAllAvailable();
    assertThat(parked(query)).hasSize(MANY);
    run.bad.clear();
    run.words.add(word("slow", SLOW));
    run.awaitCalls(MANY + 1);

    List<CompletableFuture<Boolean>> found = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      found.add(query.redrive("k" + i).toCompletableFuture());
    }
    found.add(query.release("unknown").toCompletableFuture());
    run.gate.countDown();

    for (int i = 0; i < MANY; i++) {
      assertThat(found.get(i).get(120, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(found.get(MANY).get(60, TimeUnit.SECONDS)).isFalse();
    query.processAllAvailable();
    assertThat(parked(query)).isEmpty();
    assertThat(run.rows.rows()).hasSize(MANY + 1);
    query.stop();
  }

  @Test
  void questionsByTheThousand_whileAnEpochRuns_areAnswered() throws Exception {
    ErrorRun run = new ErrorRun(system, "bad");
    StreamingQuery query = run.query(ErrorPolicy.park()).start();
    run.words.add(word("a", "bad"), word("slow", SLOW));
    run.awaitCalls(1);

    List<CompletableFuture<List<ParkedGroup>>> asked = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      asked.add(query.parkedGroups().toCompletableFuture());
    }
    CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new)).get(120, TimeUnit.SECONDS);
    run.gate.countDown();
    query.processAllAvailable();
    assertThat(parked(query)).hasSize(1);
    query.stop();
  }

  @Test
  void requestsOfAQueryThatEnds_fail() throws Exception {
    ErrorRun run = new ErrorRun(system, "bad");
    StreamingQuery query = run.query(ErrorPolicy.park()).start();
    run.words.add(word("slow", SLOW));
    run.awaitCalls(1);
    List<CompletionStage<Boolean>> found = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      found.add(query.redrive("slow"));
    }

    query.stop(Duration.ofSeconds(2));

    for (CompletionStage<Boolean> each : found) {
      assertThatThrownBy(() -> each.toCompletableFuture().get(60, TimeUnit.SECONDS))
          .hasCauseInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void moreRequestsThanMayWait_areRefused_andTheOthersAnswered() throws Exception {
    system.close();
    system = TestSystem.start("vellamo.query.max-pending-requests = 3");
    ErrorRun run = new ErrorRun(system);
    StreamingQuery query = run.query(ErrorPolicy.park()).start();
    run.words.add(word("slow", SLOW));
    run.awaitCalls(1);
    List<CompletableFuture<Boolean>> taken = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      taken.add(query.redrive("slow").toCompletableFuture());
    }

    assertThatThrownBy(() -> query.redrive("slow").toCompletableFuture().join())
        .hasRootCauseInstanceOf(IllegalStateException.class)
        .hasRootCauseMessage(
            "Query [errors] must not be asked for more while [3] requests wait; wait for answers,"
                + " or raise vellamo.query.max-pending-requests");
    assertThatThrownBy(query::processAllAvailable).isInstanceOf(IllegalStateException.class);

    run.gate.countDown();
    for (CompletableFuture<Boolean> each : taken) {
      assertThat(each.get(60, TimeUnit.SECONDS)).isFalse();
    }
    query.processAllAvailable();
    query.stop();
  }

  private static List<ParkedGroup> parked(StreamingQuery query) throws Exception {
    return query.parkedGroups().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }
}
