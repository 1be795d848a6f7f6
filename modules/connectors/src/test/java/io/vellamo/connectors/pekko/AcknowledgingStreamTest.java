package io.vellamo.connectors.pekko;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.api.RetryableException;
import io.vellamo.api.SerializationException;
import io.vellamo.api.source.AcknowledgingSource;
import io.vellamo.api.source.AcknowledgingSource.Delivery;
import io.vellamo.api.source.Inbox;
import io.vellamo.api.source.Receipt;
import io.vellamo.api.source.SourceException;
import io.vellamo.testkit.contract.AcknowledgingSourceContract;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.Done;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.stream.javadsl.Source;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

final class AcknowledgingStreamTest extends AcknowledgingSourceContract<Integer> {
  private static final ActorSystem SYSTEM = ActorSystem.create("acknowledging-stream");

  private final MessageBroker broker = new MessageBroker();

  @AfterAll
  static void stop() {
    SYSTEM.terminate();
  }

  @Override
  protected AcknowledgingSource<Integer> createSource() {
    return PekkoStreams.acknowledgingSource(SYSTEM, broker.messages());
  }

  @Override
  protected void send(int count) {
    broker.send(count);
  }

  @Override
  protected int awaitAcknowledged(int count) throws InterruptedException {
    return broker.awaitAcknowledged(count);
  }

  @Test
  void streamThatFails_isAFailureThatMayPass() throws Exception {
    Exception failure =
        failureOf(Source.failed(new IllegalStateException("connection lost")), null);

    assertThat(failure)
        .isInstanceOf(RetryableException.class)
        .hasMessage(
            "Stream of source [PekkoStreams.acknowledgingSource] must not fail, failed with [java.lang.IllegalStateException]; see the cause")
        .hasRootCauseMessage("connection lost");
  }

  @Test
  void acknowledgementThatFails_isAFailureThatMayPass() throws Exception {
    StreamMessage<Integer> message =
        new StreamMessage<>(
            "1", 1, () -> CompletableFuture.<Done>failedStage(new IllegalStateException("closed")));

    assertThat(failureOf(Source.single(message), null))
        .isInstanceOf(RetryableException.class)
        .hasRootCauseMessage("closed");
  }

  @Test
  void messageThatCannotBeStored_isAFailureThatStays() throws Exception {
    StreamMessage<Integer> message =
        new StreamMessage<>("1", 1, () -> CompletableFuture.completedStage(Done.getInstance()));

    assertThat(failureOf(Source.single(message), new SerializationException("X", "no", null)))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("must give messages that can be stored");
  }

  private static Exception failureOf(
      Source<StreamMessage<Integer>, ?> stream, @Nullable RuntimeException refusal)
      throws Exception {
    CompletableFuture<Exception> failed = new CompletableFuture<>();
    Inbox<Integer> inbox =
        new Inbox<>() {
          @Override
          public String queryName() {
            return "q";
          }

          @Override
          public CompletionStage<Receipt> put(String id, Integer event) {
            return refusal == null
                ? CompletableFuture.completedStage(Receipt.STORED)
                : CompletableFuture.failedStage(refusal);
          }

          @Override
          public void fail(Exception failure) {
            failed.complete(failure);
          }
        };
    Delivery delivery = PekkoStreams.acknowledgingSource(SYSTEM, stream).deliver(inbox);
    try {
      return failed.get(10, TimeUnit.SECONDS);
    } finally {
      delivery.close();
    }
  }
}
