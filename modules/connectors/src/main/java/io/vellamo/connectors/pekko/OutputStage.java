package io.vellamo.connectors.pekko;

import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.SourceShape;
import org.apache.pekko.stream.stage.AbstractGraphStageWithMaterializedValue;
import org.apache.pekko.stream.stage.GraphStageLogic;

/** A source of a stream that consists of an output. */
final class OutputStage<T>
    extends AbstractGraphStageWithMaterializedValue<SourceShape<T>, StreamOutput<T>> {
  private final Outlet<T> out = Outlet.create("Vellamo.rows");
  private final SourceShape<T> shape = SourceShape.of(out);

  @Override
  public SourceShape<T> shape() {
    return shape;
  }

  @Override
  public Pair<GraphStageLogic, StreamOutput<T>> createLogicAndMaterializedValuePair(
      Attributes inherited) {
    Logic<T> logic = new Logic<>(shape);
    return Pair.create(logic, logic.output);
  }

  private static final class Logic<T> extends GraphStageLogic {
    private final StreamOutput<T> output;

    Logic(SourceShape<T> shape) {
      super(shape);
      output = new StreamOutput<>(this, shape.out());
      setHandler(shape.out(), output);
    }
  }
}
