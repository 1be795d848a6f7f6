package io.vellamo.webhook;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.fasterxml.jackson.module.paramnames.ParameterNamesModule;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The division of an epoch's rows into requests.
 *
 * @param batch the largest number of rows of a request, sent as an array; 0 for one row, sent as an
 *     object
 * @param order returns the key of which all rows are sent in order; null for the rows of a shard
 * @param body returns what is sent for a row
 * @param mapper writes it
 */
record RequestForm<U>(
    int batch,
    @Nullable Function<? super U, ?> order,
    Function<? super U, ?> body,
    ObjectMapper mapper) {
  static <U> RequestForm<U> create() {
    ObjectMapper mapper =
        JsonMapper.builder()
            .addModules(new Jdk8Module(), new JavaTimeModule(), new ParameterNamesModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .build();
    return new RequestForm<>(0, null, row -> row, mapper);
  }

  RequestForm<U> withBatch(int newBatch) {
    return new RequestForm<>(newBatch, order, body, mapper);
  }

  RequestForm<U> withOrder(Function<? super U, ?> newOrder) {
    return new RequestForm<>(batch, newOrder, body, mapper);
  }

  RequestForm<U> withBody(Function<? super U, ?> newBody) {
    return new RequestForm<>(batch, order, newBody, mapper);
  }

  RequestForm<U> withMapper(ObjectMapper newMapper) {
    return new RequestForm<>(batch, order, body, newMapper);
  }
}
