package io.vellamo.api.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vellamo.api.source.AcknowledgingSource.Delivery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

final class DurableHandoffSourceTest {
  private final DurableHandoffSource<String> source = HandoffSource.durable();
  private final RecordingInbox inbox = new RecordingInbox();

  @Test
  void offer_completesAsTheInboxSays() {
    source.deliver(inbox);
    CompletableFuture<Receipt> stored = source.offer("1", "a").toCompletableFuture();
    CompletableFuture<Receipt> failed = source.offer("2", "b").toCompletableFuture();

    assertThat(inbox.messages).containsExactly("1=a", "2=b");
    assertThat(stored).isNotDone();

    inbox.outcomes.get(0).complete(Receipt.STORED);
    inbox.outcomes.get(1).completeExceptionally(new IllegalStateException("stopped"));

    assertThat(stored).isCompletedWithValue(Receipt.STORED);
    assertThat(failed).isCompletedExceptionally();
  }

  @Test
  void offersMadeWithoutAQuery_goToTheNextOne_inOrder() {
    CompletableFuture<Receipt> first = source.offer("1", "a").toCompletableFuture();
    CompletableFuture<Receipt> second = source.offer("2", "b").toCompletableFuture();
    Delivery delivery = source.deliver(inbox);
    source.offer("3", "c");
    inbox.outcomes.get(0).complete(Receipt.STORED);
    inbox.outcomes.get(1).completeExceptionally(new IllegalStateException("stopped"));

    assertThat(inbox.messages).containsExactly("1=a", "2=b", "3=c");
    assertThat(first).isCompletedWithValue(Receipt.STORED);
    assertThat(second).isCompletedExceptionally();

    delivery.close();
    source.offer("4", "d");
    RecordingInbox next = new RecordingInbox();
    source.deliver(next);

    assertThat(inbox.messages).hasSize(3);
    assertThat(next.messages).containsExactly("4=d");
  }

  @Test
  void secondQuery_isRefused() {
    source.deliver(inbox);

    assertThatThrownBy(() -> source.deliver(new RecordingInbox()))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("must be used by one query at a time, is used by [q]");
  }

  @Test
  void source_isReplayable_andNeedsAJournal() {
    assertThat(source.isReplayable()).isTrue();
    assertThat(source.description()).isEqualTo("DurableHandoff");
    assertThatThrownBy(
            () ->
                source.open(
                    new SourceContext("q", Offsets.none(), true, () -> Instant.EPOCH, () -> {})))
        .isInstanceOf(SourceException.class)
        .hasMessage(
            "Source [DurableHandoff] must be read by a query with a journal, which stores its messages; was opened by [q] without one, start it as a query");
  }

  private static final class RecordingInbox implements Inbox<String> {
    private final List<String> messages = new ArrayList<>();
    private final List<CompletableFuture<Receipt>> outcomes = new ArrayList<>();

    @Override
    public String queryName() {
      return "q";
    }

    @Override
    public CompletionStage<Receipt> put(String id, String event) {
      messages.add(id + "=" + event);
      CompletableFuture<Receipt> outcome = new CompletableFuture<>();
      outcomes.add(outcome);
      return outcome;
    }

    @Override
    public void fail(Exception failure) {
      throw new AssertionError(failure);
    }
  }
}
