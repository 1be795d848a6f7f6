package io.vellamo.sketches;

import io.vellamo.api.internal.BufferForm;
import io.vellamo.sketches.PercentileBuffer.Counts;
import java.nio.ByteBuffer;

/**
 * The stored form of numbers. Writing does not compress those that are pending: the centroids must
 * depend on the events only, not on the epochs after which they are written.
 */
record PercentileForm(int compression) implements BufferForm<PercentileBuffer> {
  private static final int COUNTS = 5;

  @Override
  public byte[] write(PercentileBuffer buffer) {
    Centroids centroids = buffer.centroids();
    double[] numbers = buffer.numbers();
    int length = centroids == null ? 0 : centroids.size();
    ByteBuffer target =
        ByteBuffer.allocate(
            1 + (COUNTS + length) * Varints.MAX_BYTES + (length + numbers.length) * Double.BYTES);
    target.put(centroids == null ? SketchLayouts.NUMBERS : SketchLayouts.CENTROIDS);
    Varints.put(target, buffer.counts().negative());
    Varints.put(target, buffer.counts().positive());
    Varints.put(target, buffer.counts().nan());
    if (centroids != null) {
      writeCentroids(centroids, target);
    }
    writeNumbers(numbers, target);
    return Varints.written(target);
  }

  private static void writeCentroids(Centroids centroids, ByteBuffer target) {
    Varints.put(target, centroids.size());
    for (int i = 0; i < centroids.size(); i++) {
      target.putDouble(centroids.mean(i));
      Varints.put(target, centroids.weight(i));
    }
  }

  private static void writeNumbers(double[] numbers, ByteBuffer target) {
    Varints.put(target, numbers.length);
    for (double number : numbers) {
      target.putDouble(number);
    }
  }

  @Override
  public PercentileBuffer read(byte[] bytes) {
    ByteBuffer source = ByteBuffer.wrap(bytes);
    byte layout = source.get();
    if (layout != SketchLayouts.NUMBERS && layout != SketchLayouts.CENTROIDS) {
      throw SketchLayouts.unknown(
          "percentileApprox", SketchLayouts.NUMBERS, SketchLayouts.CENTROIDS, layout);
    }
    Counts counts = new Counts(Varints.get(source), Varints.get(source), Varints.get(source));
    Centroids centroids = layout == SketchLayouts.CENTROIDS ? readCentroids(source) : null;
    return PercentileBuffer.of(compression, counts, readNumbers(source), centroids);
  }

  private static Centroids readCentroids(ByteBuffer source) {
    int size = (int) Varints.get(source);
    double[] means = new double[size];
    long[] weights = new long[size];
    for (int i = 0; i < size; i++) {
      means[i] = source.getDouble();
      weights[i] = Varints.get(source);
    }
    return Centroids.of(means, weights);
  }

  private static double[] readNumbers(ByteBuffer source) {
    double[] numbers = new double[(int) Varints.get(source)];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = source.getDouble();
    }
    return numbers;
  }
}
