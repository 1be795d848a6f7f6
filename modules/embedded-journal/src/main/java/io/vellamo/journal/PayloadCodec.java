package io.vellamo.journal;

import io.vellamo.journal.store.Payload;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.SerializationExtension;
import org.apache.pekko.serialization.Serializer;
import org.apache.pekko.serialization.Serializers;

/**
 * A converter between objects and payloads that uses the serializers of an ActorSystem.
 *
 * <p><b>Threading</b> safe to share.
 */
final class PayloadCodec {

  private final Serialization serialization;

  PayloadCodec(ActorSystem system) {
    this.serialization = SerializationExtension.get(system);
  }

  Payload encode(Object object) {
    Serializer serializer = serialization.findSerializerFor(object);
    // The extension, unlike the serializer, provides the system's address, which actor references
    // in the object need.
    byte[] bytes = serialization.serialize(object).get();
    return Payload.of(serializer.identifier(), Serializers.manifestFor(serializer, object), bytes);
  }

  Object decode(Payload payload) {
    return serialization
        .deserialize(payload.bytes(), payload.serializerId(), payload.manifest())
        .get();
  }
}
