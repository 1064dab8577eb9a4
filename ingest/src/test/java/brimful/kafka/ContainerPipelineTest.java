package brimful.kafka;

/// The pipeline on a broker in a container, as people deploy it.
final class ContainerPipelineTest extends PipelineContract {
  @Override
  String broker() {
    return Brokers.container();
  }
}
