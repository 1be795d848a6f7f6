package io.vellamo.cluster;

import io.vellamo.cluster.home.HomeForms;
import io.vellamo.cluster.message.ActorRefs;
import io.vellamo.cluster.message.ClusterMessage;
import io.vellamo.cluster.message.MessageForm;
import io.vellamo.cluster.read.ReadForms;
import io.vellamo.cluster.shard.ShardForms;
import io.vellamo.persistence.journal.BinaryInput;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.serialization.ByteBufferSerializer;
import org.apache.pekko.serialization.SerializerWithStringManifest;

/**
 * The serializer of messages between nodes.
 *
 * <p><b>Threading</b> Safe to share.
 *
 * <p><b>Failure</b> A message of a kind or version that this node does not know is an error, which
 * Pekko logs; the message is lost, and its sender sends it again. A node whose messages the others
 * can't read gets no shards, as it can't register.
 */
public final class ClusterSerializer extends SerializerWithStringManifest
    implements ByteBufferSerializer {
  private static final int IDENTIFIER = 86_355_267;

  private final ActorRefs refs;
  private final Map<String, MessageForm<?>> byManifest = new HashMap<>();
  private final Map<Class<?>, MessageForm<?>> byType = new HashMap<>();

  /** Creates the serializer; called by Pekko, as configured. */
  public ClusterSerializer(ExtendedActorSystem system) {
    this.refs = new ActorRefs(ActorRefResolver.get(Adapter.toTyped(system)));
    for (MessageForm<?> form : forms()) {
      byManifest.put(form.manifest(), form);
      // The first form of a class is the one that is written: not a new one before all nodes read
      // it.
      byType.putIfAbsent(form.type(), form);
    }
  }

  /** Returns the forms of all messages; of several forms of a class, the written one first. */
  static List<MessageForm<?>> forms() {
    return Stream.of(HomeForms.all(), ReadForms.all(), ShardForms.all())
        .<MessageForm<?>>flatMap(List::stream)
        .toList();
  }

  @Override
  public int identifier() {
    return IDENTIFIER;
  }

  @Override
  public String manifest(Object value) {
    return form(value).manifest();
  }

  @Override
  public byte[] toBinary(Object value) {
    return form(value).write((ClusterMessage) value, refs);
  }

  @Override
  public void toBinary(Object value, ByteBuffer into) {
    into.put(toBinary(value));
  }

  @Override
  public Object fromBinary(byte[] bytes, String manifest) {
    MessageForm<?> form = byManifest.get(manifest);
    if (form == null) {
      throw new IllegalArgumentException(
          "message must be of a kind that this node knows%s, has manifest [%s]; run versions of Vellamo on the nodes that are no further apart than one release"
              .formatted(readForms(manifest), manifest));
    }
    return form.reader().apply(new BinaryInput(bytes), refs);
  }

  /** Returns the forms of a message's kind that this node reads, as a part of a sentence. */
  private String readForms(String manifest) {
    String kind = MessageForm.kind(manifest);
    List<String> read =
        byManifest.keySet().stream()
            .filter(each -> MessageForm.kind(each).equals(kind))
            .sorted()
            .toList();
    return read.isEmpty() ? "" : ", and of a version that it reads, which are " + read;
  }

  @Override
  public Object fromBinary(ByteBuffer from, String manifest) {
    byte[] bytes = new byte[from.remaining()];
    from.get(bytes);
    return fromBinary(bytes, manifest);
  }

  private MessageForm<?> form(Object value) {
    MessageForm<?> form = byType.get(value.getClass());
    if (form == null) {
      throw new IllegalArgumentException(
          "message must have a form, is a [%s]".formatted(value.getClass().getName()));
    }
    return form;
  }
}
