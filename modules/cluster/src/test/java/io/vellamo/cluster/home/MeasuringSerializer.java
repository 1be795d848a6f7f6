package io.vellamo.cluster.home;

import io.vellamo.cluster.ClusterSerializer;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.serialization.SerializerWithStringManifest;

/** The serializer of messages between nodes, which knows the size of the largest one. */
public final class MeasuringSerializer extends SerializerWithStringManifest {
  /** The number of bytes of the largest message that any system of this JVM has written. */
  static final AtomicInteger LARGEST = new AtomicInteger();

  private final ClusterSerializer forms;

  /** Called by Pekko. */
  public MeasuringSerializer(ExtendedActorSystem system) {
    this.forms = new ClusterSerializer(system);
  }

  @Override
  public int identifier() {
    return forms.identifier();
  }

  @Override
  public String manifest(Object value) {
    return forms.manifest(value);
  }

  @Override
  public byte[] toBinary(Object value) {
    byte[] bytes = forms.toBinary(value);
    LARGEST.accumulateAndGet(bytes.length, Math::max);
    return bytes;
  }

  @Override
  public Object fromBinary(byte[] bytes, String manifest) {
    return forms.fromBinary(bytes, manifest);
  }
}
