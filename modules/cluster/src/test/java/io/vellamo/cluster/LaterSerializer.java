package io.vellamo.cluster;

import io.vellamo.cluster.message.MessageForm;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.serialization.SerializerWithStringManifest;

/** A serializer of a later release, which writes version 2 of all forms. */
public final class LaterSerializer extends SerializerWithStringManifest {
  private final ClusterSerializer forms;

  /** Called by Pekko. */
  public LaterSerializer(ExtendedActorSystem system) {
    this.forms = new ClusterSerializer(system);
  }

  @Override
  public int identifier() {
    return forms.identifier();
  }

  @Override
  public String manifest(Object value) {
    return MessageForm.kind(forms.manifest(value)) + "-2";
  }

  @Override
  public byte[] toBinary(Object value) {
    return forms.toBinary(value);
  }

  @Override
  public Object fromBinary(byte[] bytes, String manifest) {
    return forms.fromBinary(bytes, manifest);
  }
}
