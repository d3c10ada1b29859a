package io.github.autol2.dl4j.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ServiceLoader;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.layers.LayerHelper;
import org.deeplearning4j.nn.layers.mkldnn.MKLDNNBatchNormHelper;
import org.deeplearning4j.nn.layers.mkldnn.MKLDNNConvHelper;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.env.EnvironmentalAction;

class OneDnnTest {

    private final String disabled = System.getProperty(OneDnn.DISABLE);

    @AfterEach
    void uninstall() {
        OneDnn.uninstall();
        System.clearProperty(OneDnnAction.PROPERTY);
        if (disabled == null) {
            System.clearProperty(OneDnn.DISABLE);
        } else {
            System.setProperty(OneDnn.DISABLE, disabled);
        }
    }

    @Test
    void givesHelpersToConvolutionsAndBatchNormalisationOnly() {
        assumeTrue(Natives.obstacle().isEmpty(), "natives without oneDNN");

        assertThat(OneDnn.install()).isTrue();

        assertThat(helpers(network()))
                .satisfiesExactly(
                        convolution -> assertThat(convolution).isInstanceOf(MKLDNNConvHelper.class),
                        normalisation -> assertThat(normalisation).isInstanceOf(MKLDNNBatchNormHelper.class),
                        pooling -> assertThat(pooling).isNull());
    }

    @Test
    void givesNoHelpersWithNativesThatHaveNoOneDnn() {
        assumeTrue(Natives.obstacle().isPresent(), "natives with oneDNN");

        OneDnn.install();

        assertThat(Natives.obstacle().orElseThrow()).contains("linux-x86_64-onednn");
        assertThat(helpers(network())).containsOnlyNulls();
    }

    @Test
    void givesNoHelpersUnlessAsked() {
        assertThat(helpers(network())).containsOnlyNulls();
    }

    @Test
    void givesNoMoreHelpersAfterUninstalling() {
        OneDnn.install();
        MultiLayerNetwork before = network();
        Object helper = before.getLayer(0).getHelper();

        OneDnn.uninstall();

        assertThat(helpers(network())).containsOnlyNulls();
        assertThat(before.getLayer(0).getHelper()).isSameAs(helper);
    }

    @Test
    void staysInstalledWhenAskedAgain() {
        OneDnn.install();

        assertThat(OneDnn.install()).isTrue();
    }

    @Test
    void leavesThePropertyOfTheUserWhoHasDisabledHelpers() {
        System.setProperty(OneDnn.DISABLE, "true");

        assertThat(OneDnn.install()).isFalse();

        assertThat(System.getProperty(OneDnn.DISABLE)).isEqualTo("true");
        assertThat(helpers(network())).containsOnlyNulls();
    }

    @Test
    void hasNoClassUnderTheForeignNameOnTheClassPath() {
        assertThat(getClass().getResource("/" + ForeignEnvironment.NAME.replace('.', '/') + ".class"))
                .isNull();
    }

    @Test
    void refusesToAnswerWhereSomebodyElseDoes() {
        OneDnn.install();

        assertThat(ForeignEnvironment.define(() -> true)).hasValue(ForeignEnvironment.NAME + " is there already");
    }

    @Test
    void isFoundByNd4jAsItStarts() {
        assertThat(ServiceLoader.load(EnvironmentalAction.class))
                .anySatisfy(action -> assertThat(action).isInstanceOf(OneDnnAction.class));
    }

    @Test
    void isInstalledAtTheStartOfNd4jIfTheSystemPropertySaysSo() {
        assumeTrue(Natives.obstacle().isEmpty(), "natives without oneDNN");
        System.setProperty(OneDnnAction.PROPERTY, "true");

        new OneDnnAction();

        assertThat(network().getLayer(0).getHelper()).isNotNull();
    }

    @Test
    void isNotInstalledAtTheStartOfNd4jOtherwise() {
        new OneDnnAction().process("false");

        assertThat(helpers(network())).containsOnlyNulls();
    }

    @Test
    void isInstalledIfTheEnvironmentVariableSaysSo() {
        assumeTrue(Natives.obstacle().isEmpty(), "natives without oneDNN");

        new OneDnnAction().process("true");

        assertThat(network().getLayer(0).getHelper()).isNotNull();
    }

    private static MultiLayerNetwork network() {
        return Images.network(
                DataType.FLOAT,
                layers -> layers.layer(
                                new ConvolutionLayer.Builder(3, 3).nOut(4).build())
                        .layer(new BatchNormalization())
                        .layer(new SubsamplingLayer.Builder().kernelSize(2, 2).build()));
    }

    private static LayerHelper[] helpers(MultiLayerNetwork network) {
        return new LayerHelper[] {
            network.getLayer(0).getHelper(),
            network.getLayer(1).getHelper(),
            network.getLayer(2).getHelper()
        };
    }
}
