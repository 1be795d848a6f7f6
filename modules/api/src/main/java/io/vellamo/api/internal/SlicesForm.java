package io.vellamo.api.internal;

import io.vellamo.api.group.StateSerializer;
import io.vellamo.api.group.StateType;
import io.vellamo.api.window.TimeWindows;
import java.util.List;

/**
 * The stored form of slices, each with buffers of several types. The codec that knows it writes and
 * reads them; it does so itself never.
 *
 * @param slice the length of slices, in milliseconds
 * @param offset the shift of their starts from 1970, from 0 to {@code slice}, exclusive
 * @param parts the types of the buffers
 * @since 0.1
 */
public record SlicesForm(long slice, long offset, List<StateType<?>> parts)
    implements StateSerializer<SliceBuffers> {
  /** Copies the list. */
  public SlicesForm {
    parts = List.copyOf(parts);
  }

  /**
   * Returns the type of slices.
   *
   * @param windows the windows that consist of the slices
   * @param parts the types of the buffers
   * @return a type whose codec is a form of slices
   */
  public static StateType<SliceBuffers> of(TimeWindows windows, List<StateType<?>> parts) {
    long slice = windows.sliceMillis();
    long offset = Math.floorMod(windows.offsetMillis(), slice);
    return StateType.of(SliceBuffers.class).codec(new SlicesForm(slice, offset, parts));
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
