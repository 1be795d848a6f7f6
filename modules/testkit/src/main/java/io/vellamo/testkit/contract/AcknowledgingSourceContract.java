package io.vellamo.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.api.source.AcknowledgingSource;
import io.vellamo.api.source.AcknowledgingSource.Delivery;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The laws of {@link AcknowledgingSource}, as tests that a source's own test class inherits.
 *
 * <p><b>Order</b> Each test calls {@link #createSource} once, starts a delivery, and calls {@link
 * #send} while it runs.
 *
 * @param <T> the events; equal when delivered twice
 * @since 0.1
 */
public abstract class AcknowledgingSourceContract<T> {
  private static final int MESSAGES = 20;

  // Set before each test.
  private AcknowledgingSource<T> source;
  private RecordedInbox<T> inbox;
  // Null while no delivery runs.
  private @Nullable Delivery delivery;

  /** For subclasses. */
  protected AcknowledgingSourceContract() {}

  /**
   * Creates the source under test.
   *
   * @return a source of a broker without messages
   * @throws Exception if it can't be created
   */
  protected abstract AcknowledgingSource<T> createSource() throws Exception;

  /**
   * Sends messages to the broker of the source.
   *
   * @param count the number of messages, positive
   * @throws Exception if they can't be sent
   */
  protected abstract void send(int count) throws Exception;

  /**
   * Waits, for at most ten seconds, until the broker has acknowledgements of a number of messages.
   *
   * @param count the number of messages; 0 for no wait
   * @return the number of messages that have been acknowledged
   * @throws Exception if the broker can't be asked
   */
  protected abstract int awaitAcknowledged(int count) throws Exception;

  @BeforeEach
  final void begin() throws Exception {
    source = createSource();
    inbox = new RecordedInbox<>(Set.of());
    delivery = source.deliver(inbox);
  }

  @AfterEach
  final void end() {
    Delivery running = delivery;
    if (running != null) {
      delivery = null;
      running.close();
    }
  }

  @Test
  final void description_isForPeople() {
    assertThat(source.description()).as("EventSource.description()").isNotBlank();
  }

  @Test
  final void source_isReplayable_fromItsInbox() {
    assertThat(source.isReplayable()).as("EventSource.isReplayable()").isTrue();
  }

  @Test
  final void messages_haveDistinctIds() throws Exception {
    send(MESSAGES);
    inbox.storeAll();
    inbox.await(MESSAGES);

    assertThat(new HashSet<>(inbox.ids())).as("ids of [%d] messages", MESSAGES).hasSize(MESSAGES);
  }

  @Test
  final void message_isAcknowledged_onlyOnceItIsStored() throws Exception {
    send(1);
    inbox.await(1);

    assertThat(awaitAcknowledged(0)).as("acknowledged before the inbox has stored it").isZero();

    inbox.storeAll();

    assertThat(awaitAcknowledged(1)).as("acknowledged once the inbox has stored it").isOne();
  }

  @Test
  final void allMessages_areAcknowledgedInTheEnd() throws Exception {
    inbox.storeAll();
    send(MESSAGES);

    assertThat(awaitAcknowledged(MESSAGES)).as("acknowledged messages").isEqualTo(MESSAGES);
  }

  @Test
  final void messageThatIsNotStored_isNotAcknowledged_andIsDeliveredAgain() throws Exception {
    send(1);
    inbox.await(1);
    RecordedInbox<T> first = inbox;
    end();
    first.refuseAll();

    assertThat(awaitAcknowledged(0)).as("acknowledged although it is not stored").isZero();

    restart(Set.of());
    inbox.await(1);

    assertThat(inbox.ids()).as("ids of a message that is delivered again").containsAll(first.ids());
    assertThat(inbox.events())
        .as("events of a message that is delivered again")
        .containsAll(first.events());
    inbox.storeAll();
    assertThat(awaitAcknowledged(1)).as("acknowledged once the inbox has stored it").isOne();
  }

  @Test
  final void messageThatIsKnown_isAcknowledged() throws Exception {
    send(1);
    inbox.await(1);
    Set<String> ids = Set.copyOf(inbox.ids());
    RecordedInbox<T> first = inbox;
    end();
    first.refuseAll();
    restart(ids);
    inbox.storeAll();

    assertThat(awaitAcknowledged(1)).as("acknowledged duplicates").isOne();
  }

  private void restart(Set<String> remembered) throws Exception {
    inbox = new RecordedInbox<>(remembered);
    delivery = source.deliver(inbox);
  }
}
