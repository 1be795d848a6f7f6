package io.vellamo.engine.inbox;

import static java.util.Objects.requireNonNull;

import io.vellamo.api.RetryableException;
import io.vellamo.api.source.AcknowledgingSource;
import io.vellamo.api.source.AcknowledgingSource.Delivery;
import io.vellamo.api.source.Inbox;
import io.vellamo.api.source.Receipt;
import io.vellamo.api.source.SourceContext;
import io.vellamo.engine.group.ValueCodec;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * An open inbox as its source and its reader see it, whatever hosts its machine.
 *
 * <p><b>Order</b> {@link #deliver} once the inbox is open, {@link #close} once.
 *
 * <p><b>Threading</b> Safe to share, except that {@link #deliver} and {@link #close} are called by
 * one thread.
 *
 * @param <T> the events
 */
public final class SourceInbox<T> implements Inbox<T> {
  /** The host of an inbox's machine. */
  public interface Host {
    /** Returns the events of the inbox, once it is open. */
    InboxEvents events();

    /** Tells the machine that everything before an offset is committed. */
    void committed(long offset);

    /** Ends the inbox; returns when nothing is written any more. Fails all offers. */
    void stop();
  }

  private final AcknowledgingSource<T> source;
  private final SourceContext context;
  private final InboxOffers offers;
  private final Host host;
  private volatile @Nullable Exception failure;
  private volatile boolean isClosed;
  // Set once the source delivers.
  private @Nullable Delivery delivery;

  /**
   * Creates an inbox without delivery.
   *
   * @param source its source
   * @param context the opening of the source
   * @param offers passes messages to the machine
   * @param host the host of the machine
   */
  public SourceInbox(
      AcknowledgingSource<T> source, SourceContext context, InboxOffers offers, Host host) {
    this.source = source;
    this.context = context;
    this.offers = offers;
    this.host = host;
  }

  /** Returns the failure of offers that are not known to be durable, since the inbox has ended. */
  public static RetryableException notStored(
      AcknowledgingSource<?> source, SourceContext context, @Nullable Throwable cause) {
    return new RetryableException(
        "Message must be in the journal to be acknowledged, source [%s] was closed by query [%s] before it was known to be; send it again with the same id"
            .formatted(source.description(), context.queryName()),
        cause);
  }

  /** Returns the failure of a source whose inbox can't be written, which may pass. */
  public static RetryableException notWritten(AcknowledgingSource<?> source, Throwable cause) {
    return new RetryableException(
        "Inbox of source [%s] must be able to write its journal, failed with [%s]; see the cause, and check the journal"
            .formatted(source.description(), cause.getClass().getName()),
        cause);
  }

  /**
   * Starts the delivery; closes the inbox if that fails.
   *
   * @param codec reads events
   * @return a reader of the inbox
   * @throws Exception as thrown by the source
   */
  public InboxReader<T> deliver(ValueCodec codec) throws Exception {
    try {
      delivery = requireNonNull(source.deliver(this), "delivery");
    } catch (Exception | Error e) {
      close();
      throw e;
    }
    return new InboxReader<>(source.description(), this, codec);
  }

  @Override
  public String queryName() {
    return context.queryName();
  }

  @Override
  public CompletionStage<Receipt> put(String id, T event) {
    return offers.add(requireNonNull(id, "id"), requireNonNull(event, "event"));
  }

  @Override
  public void fail(Exception cause) {
    requireNonNull(cause, "failure");
    if (failure == null && !isClosed) {
      failure = cause;
      context.signal().run();
    }
  }

  /**
   * Throws why the inbox can't go on: its source has failed, or its journal.
   *
   * @throws Exception unless it is sound
   */
  void requireSound() throws Exception {
    Exception known = failure;
    if (known != null) {
      throw known;
    }
  }

  InboxEvents events() {
    return host.events();
  }

  void committed(long offset) {
    host.committed(offset);
  }

  /** Ends the delivery, then the inbox. */
  void close() {
    isClosed = true;
    Delivery running = delivery;
    try {
      if (running != null) {
        running.close();
      }
    } finally {
      host.stop();
    }
  }
}
