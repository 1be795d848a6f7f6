package io.vellamo.engine.shard;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Numbers within arrays of bytes, in the order of bytes of the machine. */
final class Ints {
  private static final VarHandle VIEW =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.nativeOrder());

  private Ints() {}

  static int get(byte[] bytes, int offset) {
    return (int) VIEW.get(bytes, offset);
  }

  static void put(byte[] bytes, int offset, int number) {
    VIEW.set(bytes, offset, number);
  }
}
