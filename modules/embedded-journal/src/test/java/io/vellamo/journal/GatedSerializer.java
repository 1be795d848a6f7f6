package io.vellamo.journal;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import org.apache.pekko.serialization.JSerializer;
import org.jspecify.annotations.Nullable;

/** Serializes a {@link Gate} when it was opened. */
public final class GatedSerializer extends JSerializer {

  /** Creates the serializer; called by Pekko. */
  public GatedSerializer() {}

  @Override
  public int identifier() {
    return 1_234_567;
  }

  @Override
  public boolean includeManifest() {
    return false;
  }

  @Override
  public byte[] toBinary(Object object) {
    try {
      ((Gate) object).opened().await();
    } catch (InterruptedException e) {
      throw new IllegalStateException("gate must be opened, was interrupted", e);
    }
    return "gate".getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public Object fromBinaryJava(byte[] bytes, @Nullable Class<?> manifest) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /**
   * An event that is not serialized before its time.
   *
   * @param opened ends the wait
   */
  public record Gate(CountDownLatch opened) {}
}
