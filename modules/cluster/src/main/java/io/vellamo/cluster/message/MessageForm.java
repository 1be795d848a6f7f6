package io.vellamo.cluster.message;

import io.vellamo.persistence.journal.BinaryInput;
import io.vellamo.persistence.journal.BinaryOutput;
import java.util.function.BiFunction;

/**
 * The binary form of a kind of messages. A changed form gets a new manifest, and the preceding one
 * stays readable. A release reads the new form before the next one writes it, so that nodes of
 * consecutive releases can work together.
 *
 * @param <M> the messages
 * @param manifest the kind and the version of its form, like {@code run-epoch-1}
 * @param type the class of the messages
 * @param writer writes a message
 * @param reader reads what the writer has written
 */
public record MessageForm<M extends ClusterMessage>(
    String manifest,
    Class<M> type,
    Writer<M> writer,
    BiFunction<BinaryInput, ActorRefs, M> reader) {
  /**
   * Writes messages.
   *
   * @param <M> the messages
   */
  @FunctionalInterface
  public interface Writer<M> {
    /** Writes a message. */
    void write(M message, BinaryOutput out, ActorRefs refs);
  }

  /** Returns the kind of messages that a manifest names, without the version of its form. */
  public static String kind(String manifest) {
    return manifest.substring(0, Math.max(0, manifest.lastIndexOf('-')));
  }

  /** Returns the bytes of a message of this kind. */
  public byte[] write(ClusterMessage message, ActorRefs refs) {
    BinaryOutput out = new BinaryOutput();
    writer.write(type.cast(message), out, refs);
    return out.toByteArray();
  }
}
