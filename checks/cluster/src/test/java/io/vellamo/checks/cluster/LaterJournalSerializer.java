package io.vellamo.checks.cluster;

import io.vellamo.persistence.journal.JournalSerializer;
import java.io.NotSerializableException;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.serialization.SerializerWithStringManifest;

/** The journal's serializer of a later build. */
public final class LaterJournalSerializer extends SerializerWithStringManifest {
  private final JournalSerializer current = new JournalSerializer();
  private final LaterForms forms;

  /** Creates a serializer that reads all forms. */
  LaterJournalSerializer() {
    this.forms = new LaterForms(current, false);
  }

  /** Called by Pekko. */
  public LaterJournalSerializer(ExtendedActorSystem system) {
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
  public Object fromBinary(byte[] bytes, String manifest) throws NotSerializableException {
    return forms.read(bytes, manifest);
  }
}
