/**
 * Codes of vocabularies that records commonly name: the second indicators of 6XX, and much of MARC's Subject Heading
 * and Term Source Codes and Genre/Form Code and Term Source Codes. Others exist; a code that is not here is asked about.
 */
const codes = `
  aass aat abne afset agrifors agrovoc aiatsisl aiatsisp aiatsiss aktp albt allars apaist asrcrfcd asrcseo asrctoa
  asth aucsh barn bella bgtchm bhammf bhashe bhb bib1814 bibalex bibbi bic bicssc bidex bisacmt bisacrt bisacsh blmlsh
  blnpn bokbas bt btr cabt cash ccsa cct cgndb chirosh cilla conorsi cpsv csahssa csalsct csapa csh csht cstud
  czenas czmesh dacs dcs ddcri ddcrit discipli dissao dit dltlt drama dtict ebfem eclas eet eflch eks embne
  ept erfemn ericd est eum eurovocen eurovocde eurovoces eurovocfr eurovocsl eurovocsv fast fes finmesh fire fmesh fnhl
  francis fssh galestne gcipmedia gcipplatform gem gemet geonet georeft gmgpc gmd gnd gnd-carrier gnd-content
  gnis gsafd gst gtt habibe habich habifr hamsun hapi helecon henn hkcan hlasstg hoidokki homoit hrvmesh huc
  humord iaat ica icpsr idas idsbb idszbz idszbzes idszbzna idszbzzg idszbzzh idszbzzk iescs iest ilot ilpt inist
  inspect ipat ipsp isis itglit itoamc itrt jhpb jhpk jlabsh juho jupo jurivoc kaa kaba kaunokki kdm khib kito kitu
  kkts koko kssb kta kto ktpt ktta kubikat kula kulo kupu lacnaf lapponica larpcal lcac lcdgt lcgft lcmpt lcnaf lcsh
  lcshac lcstt lctgm lemac lemb liito liv lnmmbr lobt local ltcsh lua maaq maotao mar marcgt masa mech mero mesh
  migfg mim msc msh msplc mtirdes musa muso muzeukc muzeukn muzeukv muzvukci naf nal nalnaf nasat nbdbt nbdbgf
  nbiemnfag ncjt ndlsh ndllsh netc nicem nimafc nimacsc nlgaf nlgkk nlgsh nlmnaf nmaict no-ubo-mr noraf noram norbok
  noubomn noubojor nsbncf nskps ntcpsc ntcsd ntids ntissc nzggn nznb odlt ogst olacvggt onet opms ordnok pascal
  pepp peri pha pkk pleiades pmbok pmcsg pmont pmt poliscit popinte precis proysen prvt psychit puho quiding qlsp
  qrma qrmak qtglit raam radfg ram rameau rasuqam rbbin rbgenr rbmscv rbpap rbpri rbprov rbpub rbtyp rcmcf reo
  rero rerovoc reroa rma rpe rswk rswkaf rugeo rurkp rvm rvmfast rvmgd rvmgf rvmmem saij samisk sanb sao sbaa sbiao sbt
  scbi scgdst scisshl scot sears sfit sgc sgce sgp shbe she shsples sigle sipri sk skon slem slm smda snt socio solstad
  sosa spines ssg stcv sthus stw swd swemesh taika tasmas taxhs tbit tbjvp tekord tero tesa test tgfbne tgn thema
  tho thub tips tisa tlka tlsh toit trfarn trfbmb trfgr trfoba trfzb trt trtsa tsht tsr ttka ttll tucua udc ukslc ulan
  umitrist unbisn unbist unescot usaidt valo vcaadu vffyl vgmsgg vgmsng viaf vmj waqaf watrest wgst wikidata wot
  wpicsh ysa yso zst`;

export const commonVocabularies: ReadonlySet<string> = new Set(codes.trim().split(/\s+/));
