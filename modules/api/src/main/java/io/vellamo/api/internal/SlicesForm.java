package io.vellamo.api.internal;

import io.vellamo.api.group.StateSerializer;
import io.vellamo.api.group.StateType;
import java.util.List;

/**
 * The stored form of slices, each with buffers of several types. The codec that knows it writes and
 * reads them; it does so itself never.
 *
 * @param name tells where slices begin and end
 * @param parts the types of the buffers
 * @since 0.1
 */
public record SlicesForm(String name, List<StateType<?>> parts)
    implements StateSerializer<SliceBuffers> {
  /** Copies the list. */
  public SlicesForm {
    parts = List.copyOf(parts);
  }

  /**
   * Returns the type of slices.
   *
   * @param name tells where slices begin and end
   * @param parts the types of the buffers
   * @return a type whose codec is a form of slices
   */
  public static StateType<SliceBuffers> of(String name, List<StateType<?>> parts) {
    return StateType.of(SliceBuffers.class).codec(new SlicesForm(name, parts));
  }

  @Override
  public byte[] write(SliceBuffers state) {
    throw new AssertionError("written by the codecs of its parts");
  }

  @Override
  public SliceBuffers read(byte[] bytes, int version) {
    throw new AssertionError("read by the codecs of its parts");
  }
}
