package io.vellamo.checks.cluster;

import io.vellamo.cluster.ClusterSerializer;
import java.io.NotSerializableException;
import java.nio.ByteBuffer;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.serialization.ByteBufferSerializer;
import org.apache.pekko.serialization.SerializerWithStringManifest;

/** The serializer of messages of a later build. */
public final class LaterClusterSerializer extends SerializerWithStringManifest
    implements ByteBufferSerializer {
  private final ClusterSerializer current;
  private final LaterForms forms;

  /** Called by Pekko. */
  public LaterClusterSerializer(ExtendedActorSystem system) {
    this.current = new ClusterSerializer(system);
    this.forms =
        new LaterForms(
            current, system.settings().config().getBoolean(NodeBuild.WRITES_LATER_FORMS));
  }

  @Override
  public int identifier() {
    return current.identifier();
  }

  @Override
  public String manifest(Object value) {
    return forms.manifest(value);
  }

  @Override
  public byte[] toBinary(Object value) {
    return forms.write(value);
  }

  @Override
  public void toBinary(Object value, ByteBuffer into) {
    into.put(toBinary(value));
  }

  @Override
  public Object fromBinary(byte[] bytes, String manifest) throws NotSerializableException {
    return forms.read(bytes, manifest);
  }

  @Override
  public Object fromBinary(ByteBuffer from, String manifest) throws NotSerializableException {
    byte[] bytes = new byte[from.remaining()];
    from.get(bytes);
    return fromBinary(bytes, manifest);
  }
}
