package brimful.extract.charset;

import java.nio.charset.Charset;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// The characters that names in languages with thousands of them are mostly written in: the head of
/// frequency lists, and the words that name files, such as "report", "new folder" and "copy".
final class FrequentCharacters {
  static final String CHINESE =
      """
      的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年
      过发后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心
      她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间
      由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给
      世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变
      四神总何电数安少报才结反受目太量再感建务做接必场件计管期市直德资命山金指克许统区保至队形社
      便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象完设式色路记南品住告类求据程北
      边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运档案图片照夹备份模板视频音乐软
      装册项议录测试版户配置载桌简历毕课验考答附票单划申请财季
      """;

  static final String TAIWANESE =
      """
      的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年
      過發後作裡用道行所然家種事成方多經麼去法學如都同現當沒動面起看定天分還進好小部其些主樣理心
      她本前開但因只從想實日者意無力它與長把機十民第公此已工使情明性知全三又關點正業外將兩高間由
      問很最重並物手應向頭文體政美相見被利什二等產或新己制身果加西月話合回特代內信表化老給世位次
      度門任常先海通教兒原東聲提立及比員解水名真論處走義各入幾口認條平系氣題活更別打女變四神總何
      電數安少報才結反受目太量再感建務做接必場件計管期市直資命山金指許統區保至社空決治展科司五基
      書非則聽白卻界達光放強設式色路記南品住告類求據程北邊檔案圖片照夾增備份約範影音樂軟裝冊專議
      紀錄測試版載桌履歷畢課驗考答附票單畫申請薪財季
      """;

  static final String JAPANESE =
      """
      日一国会人年大十二本中長出三同時政事自行社見月分議後前民生連五発間対上部東者党地合市業内相
      方四定今回新場金員九入選立開手米力学問高代明実円関決子動京全目表戦経通外最言氏現理調体化田
      当八六約主題下首意法不来作性的要用制治度務強気小七成期公野協取都和統以機平総加山思家話世受
      区領多県続進正安設保改数記院女初北午指権心界支第産結百派点教報済書府活原先共得解名交資予川
      向際査勝面委告軍文反元重近千考判認画海参売利組知案道信策集在件団別物側任引使求所次水半品昨
      論計死官増係感特情投示変打男基私各始島直両朝革価式確村提運終挙果西勢減台広容必応演電歳住争
      談能無再位置企真流格有疑口過局少放税検藤町常校料沢裁状工建語球営空職証土与急止送援供可役構
      木割聞身費付施切由説転食比難防補車優夫研収断井何南石足違消境神番規術護展態導鮮備宅害配副算
      視条幹独警宮究育席輸訪楽起万着乗店述残想線率病農州武声質念待試族象銀域助労例然早張映限親額
      監環験追審商葉義伝働形景落写像請積契履歴仕様図録覧管
      """;

  static final String KOREAN =
      """
      이다는을의에가고하한로기지사어도시자서정리인대해전일성부아라수장주제보안상위국원과트스문동
      경공구연조학교유여개방화신계세생행관소업선무통회비용차진실물모발적양재최내민외결간명중나오
      게면만말들있것그저때까은를와으년월새폴더파복본음악영식약견력논표록설치프램목글
      """;

  private FrequentCharacters() {}

  /// Returns the first level of a character set, in which its makers put what is in daily use.
  ///
  /// @param first the first two bytes
  static Set<Integer> level(String charset, int first, int last) {
    Set<Integer> level = new HashSet<>();
    if (!Charset.isSupported(charset)) {
      return level;
    }
    for (int code = first; code <= last; code++) {
      byte[] bytes = {(byte) (code >> 8), (byte) code};
      Optional<String> text = NameCharsets.decoded(bytes, Charset.forName(charset));
      text.filter(one -> one.length() == 1).ifPresent(one -> level.add((int) one.charAt(0)));
    }
    return level;
  }
}
