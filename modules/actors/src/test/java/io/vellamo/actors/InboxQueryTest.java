package io.vellamo.actors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import io.vellamo.api.QueryBuilder;
import io.vellamo.api.RetryableException;
import io.vellamo.api.SerializationException;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.query.DeliveryGuarantee;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.api.query.StreamingQueryException;
import io.vellamo.api.query.Trigger;
import io.vellamo.api.source.AcknowledgingSource;
import io.vellamo.api.source.DurableHandoffSource;
import io.vellamo.api.source.HandoffSource;
import io.vellamo.api.source.Inbox;
import io.vellamo.api.source.Receipt;
import io.vellamo.api.source.SourceException;
import io.vellamo.connectors.memory.MemorySink;
import io.vellamo.testkit.ManualClock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.persistence.testkit.PersistenceTestKitPlugin;
import org.apache.pekko.persistence.testkit.javadsl.PersistenceTestKit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Queries whose source acknowledges messages, through the public API. */
@Timeout(60)
final class InboxQueryTest {
  private static final String INBOX = "vellamo-inbox|words/0";

  private final DurableHandoffSource<String> words = HandoffSource.durable();
  private final ManualClock clock = ManualClock.at(Instant.parse("2026-01-01T00:00:00Z"));
  private final MemorySink<RunningCount.Count> rows = MemorySink.create();

  @Test
  void offer_completesOnceTheEventIsDurable_andAnIdCountsOnce() throws Exception {
    try (TestSystem system = start("")) {
      StreamingQuery query = start(system, words, Trigger.asap());
      assertThat(await(words.offer("1", "a"))).isEqualTo(Receipt.STORED);
      assertThat(await(words.offer("2", "a"))).isEqualTo(Receipt.STORED);
      assertThat(await(words.offer("1", "a"))).isEqualTo(Receipt.DUPLICATE);
      query.processAllAvailable();

      assertThat(counts()).containsEntry("a", 2).hasSize(1);
    }
  }

  @Test
  void eventsThatWereStoredAndNotProcessed_areProcessedByTheNextRun() throws Exception {
    try (TestSystem system = start("")) {
      StreamingQuery first = startHourly(system);
      await(words.offer("1", "a"));
      first.stop();
      StreamingQuery second = start(system, words, Trigger.asap());
      assertThat(await(words.offer("1", "a"))).isEqualTo(Receipt.DUPLICATE);
      second.processAllAvailable();

      assertThat(counts()).containsEntry("a", 1);
    }
  }

  @Test
  void offer_madeBeforeAQueryHasTheSourceOpen_waitsForIt() throws Exception {
    CompletionStage<Receipt> early = words.offer("1", "a");
    try (TestSystem system = start("")) {
      assertThat(early.toCompletableFuture()).isNotDone();

      StreamingQuery query = start(system, words, Trigger.asap());

      assertThat(await(early)).isEqualTo(Receipt.STORED);
      query.processAllAvailable();
      assertThat(counts()).containsEntry("a", 1);
    }
  }

  @Test
  void fullInbox_completesFurtherOffers_afterACommit() throws Exception {
    try (TestSystem system = start("vellamo.inbox.capacity = 2")) {
      StreamingQuery query = startHourly(system);
      await(words.offer("1", "a"));
      await(words.offer("2", "b"));
      CompletionStage<Receipt> third = words.offer("3", "c");
      // Answered after the write that would have taken the third message.
      await(words.offer("1", "a"));

      assertThat(third.toCompletableFuture()).isNotDone();

      clock.advance(Duration.ofHours(1));

      assertThat(await(third)).isEqualTo(Receipt.STORED);
      assertThat(query.lastProgress().orElseThrow().sources().get(0).metrics())
          .containsEntry("inboxLength", 2L);
    }
  }

  @Test
  void offerThatIsNotDurableWhenTheQueryStops_fails() throws Exception {
    try (TestSystem system = start("vellamo.inbox.capacity = 1")) {
      StreamingQuery query = startHourly(system);
      await(words.offer("1", "a"));
      CompletionStage<Receipt> second = words.offer("2", "b");
      query.stop();

      assertThatThrownBy(() -> await(second))
          .cause()
          .isInstanceOf(RetryableException.class)
          .hasMessage(
              "Message must be in the journal to be acknowledged, source [DurableHandoff] was closed by query [words] before it was known to be; send it again with the same id");
    }
  }

  @Test
  void journalThatCannotBeWrittenForAWhile_failsTheOffer_andTheQueryGoesOn() throws Exception {
    try (TestSystem system = start("vellamo.query.retry.min-backoff = 10ms")) {
      PersistenceTestKit.create(system.testKit().system())
          .withPolicy(new FailingWrite(INBOX, 3, new IOException("disk full")));
      StreamingQuery query = start(system, words, Trigger.asap());
      await(words.offer("1", "a"));

      assertThatThrownBy(() -> await(words.offer("2", "a")))
          .cause()
          .isInstanceOf(RetryableException.class);
      sendUntilStored("2", "a");
      query.processAllAvailable();

      assertThat(query.exception()).isEmpty();
      assertThat(counts()).containsEntry("a", 2);
    }
  }

  @Test
  void journalThatCannotBeWritten_endsTheQuery_ifItsPolicyDoesNotRetry() {
    try (TestSystem system = start("vellamo.query.retry.give-up-after = 0s")) {
      PersistenceTestKit.create(system.testKit().system())
          .withPolicy(new FailingWrite(INBOX, 2, new IOException("disk full")));
      StreamingQuery query = start(system, words, Trigger.asap());
      words.offer("1", "a");

      assertThatExceptionOfType(StreamingQueryException.class)
          .isThrownBy(query::awaitTermination)
          .withMessageContaining(
              "Inbox of source [DurableHandoff] must be able to write its journal")
          .havingRootCause()
          .withMessage("disk full");
    }
  }

  @Test
  void eventThatCannotBeStored_failsItsOfferOnly() throws Exception {
    DurableHandoffSource<Object> objects = HandoffSource.durable();
    try (TestSystem system = start("")) {
      StreamingQuery query = start(system, objects, Trigger.asap());
      await(objects.offer("1", "a"));

      assertThatThrownBy(() -> await(objects.offer("2", new Object())))
          .cause()
          .isInstanceOf(SerializationException.class);
      assertThatThrownBy(() -> await(objects.offer("", "a")))
          .cause()
          .hasMessageStartingWith("id of a message must be well-formed text and not empty, was []");
      await(objects.offer("2", "a"));
      query.processAllAvailable();

      assertThat(counts()).containsEntry("a", 2);
    }
  }

  @Test
  void sourceThatFailsForAWhile_isStartedAgain_withTheMessagesItHasNotAcknowledged()
      throws Exception {
    FailingBroker broker = new FailingBroker(new RetryableException("connection lost", null));
    try (TestSystem system = start("vellamo.query.retry.min-backoff = 10ms")) {
      StreamingQuery query = start(system, broker, Trigger.asap());
      broker.delivered.get(10, TimeUnit.SECONDS);
      query.processAllAvailable();

      assertThat(broker.deliveries).hasValue(2);
      assertThat(broker.receipts).containsExactly(Receipt.STORED, Receipt.DUPLICATE);
      assertThat(counts()).containsEntry("a", 1);
    }
  }

  @Test
  void sourceThatFails_endsTheQueryWithItsException() {
    FailingBroker broker = new FailingBroker(new SourceException("broker", "no such queue", null));
    try (TestSystem system = start("")) {
      StreamingQuery query = start(system, broker, Trigger.asap());

      assertThatExceptionOfType(StreamingQueryException.class)
          .isThrownBy(query::awaitTermination)
          .withMessageContaining("no such queue");
    }
  }

  @Test
  void guaranteeAndExplanation_tellThatMessagesAreStored() {
    try (TestSystem system = start("")) {
      StreamingQuery query = start(system, words, Trigger.asap());

      assertThat(query.guarantee()).isEqualTo(DeliveryGuarantee.EXACTLY_ONCE);
      assertThat(query.explain())
          .contains(
              "source [DurableHandoff]: stores messages in the journal before it acknowledges them, each id once while it is remembered");
    }
  }

  @Test
  void secondQueryOfASource_isRefused() {
    try (TestSystem system = start("")) {
      start(system, words, Trigger.asap()).processAllAvailable();
      StreamingQuery second =
          system.vellamo().query("second").from(words).to(MemorySink.create()).start();

      assertThatThrownBy(second::awaitTermination)
          .hasMessageContaining(
              "DurableHandoffSource must be used by one query at a time, is used by [words] and was opened by [second]");
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void batch_isRefused_asItHasNoJournal() {
    try (TestSystem system = start("")) {
      assertThatThrownBy(
              () -> system.vellamo().query("batch").from(words).to(MemorySink.create()).runBatch())
          .hasStackTraceContaining("must be read by a query with a journal");
    }
  }

  private static TestSystem start(String settings) {
    return TestSystem.start(
        ConfigFactory.parseString("vellamo.query.shards = 1\n" + settings)
            .withFallback(PersistenceTestKitPlugin.config())
            .root()
            .render());
  }

  /** Starts a query whose clock stands still, and waits for its first epoch. */
  private StreamingQuery startHourly(TestSystem system) throws Exception {
    StreamingQuery query =
        pipeline(system, words, Trigger.processingTime(Duration.ofHours(1))).clock(clock).start();
    await(query.whenIdle());
    return query;
  }

  private <T> StreamingQuery start(
      TestSystem system, AcknowledgingSource<T> source, Trigger trigger) {
    return pipeline(system, source, trigger).start();
  }

  private <T> QueryBuilder pipeline(
      TestSystem system, AcknowledgingSource<T> source, Trigger trigger) {
    return system
        .vellamo()
        .query("words")
        .from(source)
        .map(Object::toString)
        .groupByKey(word -> word)
        .flatMapGroupsWithState(
            OutputMode.UPDATE, GroupStateTimeout.NONE, Integer.class, new RunningCount())
        .to(rows)
        .trigger(trigger);
  }

  private Map<String, Integer> counts() {
    Map<String, Integer> last = new TreeMap<>();
    rows.rows().forEach(row -> last.merge(row.word(), row.count(), Math::max));
    return last;
  }

  /** Sends a message again until the inbox is open again and has stored it. */
  private void sendUntilStored(String id, String word) throws Exception {
    boolean isStored = false;
    while (!isStored) {
      try {
        await(words.offer(id, word));
        isStored = true;
      } catch (ExecutionException e) {
        assertThat(e).hasCauseInstanceOf(RetryableException.class);
      }
    }
  }

  private static <T> T await(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  /** Delivers a message, fails before it can acknowledge it, and delivers it again. */
  private static final class FailingBroker implements AcknowledgingSource<String> {
    private final AtomicInteger deliveries = new AtomicInteger();
    private final List<Receipt> receipts = new ArrayList<>();
    private final CompletableFuture<Void> delivered = new CompletableFuture<>();
    private final Exception failure;

    FailingBroker(Exception failure) {
      this.failure = failure;
    }

    @Override
    public String description() {
      return "broker";
    }

    @Override
    public Delivery deliver(Inbox<String> inbox) {
      boolean isFirst = deliveries.incrementAndGet() == 1;
      inbox
          .put("1", "a")
          .thenAccept(
              receipt -> {
                receipts.add(receipt);
                if (isFirst) {
                  inbox.fail(failure);
                } else {
                  delivered.complete(null);
                }
              });
      return () -> {};
    }
  }
}
