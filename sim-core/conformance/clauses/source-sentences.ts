/**
 * Where each clause of the two source texts comes from, without the text: how many lines that are
 * not empty it takes, which sentence of them (0: all), and the SHA-256 of that, with every run of
 * white space made one space. Whoever has the texts can see what has changed in them.
 */
export interface SourceSentence {
  readonly lines: number;
  readonly sentence: number;
  readonly sha256: string;
}

export const sourceSentences: ReadonlyMap<string, SourceSentence> = /* @__PURE__ */ new Map([
  from('DEL-REF-01', 13, 0, 'cb267aee365f43175263a7781a86d6b098f53dbae8b62960911c82e9d754771b'),
  from('DEL-ABB-01', 7, 0, '7786cb83cecac7876a7c7c203ebee7fee9d2c452dfb587a083311ee2884315ce'),
  from('DEL-GEN-EN-01', 1, 0, '389d39cfbe1303bc87c95c3c20e7eab515d266a77f55892d656ef60543550a93'),
  from('DEL-HTTP-SRV-01', 1, 0, '34a9f369e3d84c6efd7a7c7303167b5ff178bd304e73b0a66b9d751dae062bfe'),
  from('DEL-HTTP-SRV-02', 1, 0, 'c90c5f3206a5114cd5212d37d622a5a14ce8c075a04b26b9806030f58168066f'),
  from('DEL-HTTP-CLI-01', 1, 0, '75beeb139a1dd4a7b3e76b288a56faade005b679ba5502a9739db17e62828e67'),
  from('DEL-HTTP-CLI-02', 1, 0, '75beeb139a1dd4a7b3e76b288a56faade005b679ba5502a9739db17e62828e67'),
  from('DEL-HTTP-CLI-03', 1, 0, 'e3ebac581c3ac93c60a61ad54230577b2fb75f45f673cce3d8422a7b0ee84521'),
  from('DEL-HTTP-CLI-04', 1, 0, 'e3ebac581c3ac93c60a61ad54230577b2fb75f45f673cce3d8422a7b0ee84521'),
  from('DEL-AS-EN-01', 1, 0, '897d91639c0bde56637547cc140462d0b41cad4d6288509fe4494d5ca4059e35'),
  from('DEL-AS-SRV-01', 1, 0, '1cdf4772d1b73eb238cc6f41af4f9bd6800dd632775cfdddc8b0b28676f1a7bf'),
  from('DEL-AS-SRV-02', 1, 0, 'b78e6ca1ca18c05ba9a36b67d08675efd047b5f637bb9e9528848dda485c64e1'),
  from('DEL-AS-SRV-03', 1, 0, 'ffb41629c662aa44c04fe667d061f03b2dcecbee44e14f8a2f874b69d66ddd7b'),
  from('DEL-AS-SRV-04', 1, 0, 'cdfe41a031c12ce3549af437a62c611da6ddfa8a7aa73d6fd34d5dd7d787b1f5'),
  from('DEL-AS-SRV-05', 1, 0, '393d63c3dbf4d46bf8e0769db12f7a743c592b243ebf426e251d8159648825d1'),
  from('DEL-AS-SRV-06', 1, 0, '8c2d019216871fa9c906abc90efa93a1fd2bc4c9c9814286c397af30d0e7e5de'),
  from('DEL-AS-SRV-07', 1, 0, 'b78e6ca1ca18c05ba9a36b67d08675efd047b5f637bb9e9528848dda485c64e1'),
  from('DEL-AS-SRV-08', 1, 0, '488148445650887396ba16b3d085ccbc2dc05a2b8361ba8a740b9fcf6de66b87'),
  from('DEL-AS-SRV-09', 1, 0, '287bb386851a402393f559e0f92c28e05807ef03703d50be6dcf8bd90db9a890'),
  from('DEL-AS-NOTE-01', 1, 0, '13f03cc3527ed11051acc70110bbac56f95627b800e880bd42006502706a9ebc'),
  from('DEL-AS-CLI-01', 1, 1, '58c010ab11c6b927689d3e59cf7c127404f9fa9af2b7dae46576f56793c51818'),
  from('DEL-AS-CLI-02', 1, 2, 'd9a54cd30899087bf707d4dd12d668795df7f0c7a4fcd75880da565388fdca1b'),
  from('DEL-AS-CLI-03', 1, 2, 'd9a54cd30899087bf707d4dd12d668795df7f0c7a4fcd75880da565388fdca1b'),
  from('DEL-AS-CLI-04', 1, 1, 'f9dfae650ba984bed8b367d9a78340098c78555e3a934cb68db47f3e4794e408'),
  from('DEL-AS-CLI-05', 1, 2, 'd8f8c428ea51c6572a443dca48a605fdddf0a6e325619b92ffecbe16ad004966'),
  from('DEL-AS-CLI-06', 1, 2, 'd8f8c428ea51c6572a443dca48a605fdddf0a6e325619b92ffecbe16ad004966'),
  from('DEL-AS-EN-02', 1, 0, 'f7f79e7a627658f77bedfc6d981a2760b95eafd8cb753a713550e79538202d76'),
  from('DEL-GW-EN-01', 1, 0, 'bdfc0b5c51862e10073f37f90b53f9aded353c093b8a9e07740d8112c9f140e0'),
  from('DEL-GW-SRV-01', 2, 0, '7fa39d17db199c55fdb2abeb87ba2a0d4f07711d3a5d5d9c7a77da220fbe6879'),
  from('DEL-GW-SRV-02', 1, 0, '491427dac2aa3595d9e3fad8b47be4867932bdc7ad33a7aa1d8f9a8cd720b973'),
  from('DEL-GW-SRV-03', 1, 0, 'f810a1b0ae18f3c42ccd4767f41b24adda9d730135fa10837be5b58a75298a01'),
  from('DEL-GW-SRV-04', 1, 0, '21923f3a9edd0e4d15666a0ed5853d6d5c3c1b658c5a52b2d3c7d6297cb3f0c0'),
  from('DEL-GW-SRV-05', 1, 0, '7d5488462cefdd400df5ad9d649e287ad315510a0081f028d63ffe5bbe535635'),
  from('DEL-GW-SRV-06', 2, 0, '2533dc3664ad2fa34a616eab4a6d2aeb0c245d5c648fdd92bfeb9956a5a6b3fa'),
  from('DEL-GW-SRV-07', 1, 0, 'ddb168204c57d5d95ecb0bd49bf8f6419c134074fdd73a2559c6a17e137ca883'),
  from('DEL-GW-SRV-08', 1, 0, 'ddb168204c57d5d95ecb0bd49bf8f6419c134074fdd73a2559c6a17e137ca883'),
  from('DEL-GW-NOTE-01', 1, 0, '9bd11ccc1602dba227e9cbba5b3d828d6feb8d6f502054eacc4977e6f0e6f467'),
  from('DEL-GW-CLI-01', 1, 1, 'd70eced11e0d5a1407066587edb3b5d10047bc881b933ad4ba4c6ee15a5371c8'),
  from('DEL-GW-CLI-02', 1, 2, 'b0124892465b4354ce31ffea9028100dbddb9c5273009328cf6e836121fe0860'),
  from('DEL-CS-01', 5, 0, '51bc91b3df769ea52995630d2c5e27fdf18529defbb0f4acc14afbeaf14e2cfe'),
  from('CON-GEN-01', 1, 1, '80d5c40d707d00ade61f46bbecbc822a2d3999a0418f4aeed967abc1424f40d9'),
  from('CON-GEN-02', 1, 2, 'abbc1cb3704bbafe66a79bde5904fc04386fc585a93c7b518ac3052b2956d926'),
  from('CON-GEN-03', 1, 0, '830b64c5863cbef77059615697e07331322ede2587282477d0bcc8ad2d9c957a'),
  from('CON-GEN-04', 1, 0, '23ae94579942a6d67779eda4cfc30bea04aaa7a481b16548b930e0332122d50d'),
  from('CON-SRV-01', 1, 0, '71a9eaf036f8329437224f372fa39fc7d6e01a90b1261e06fb6c0a2df3b67f39'),
  from('CON-SRV-02', 1, 0, '0c3fa4c9519487fee9068b56c9a6d58f87ae2c21ffba28db294905f6b35ed897'),
  from('CON-SRV-03', 1, 0, '375374a4698b7635452cb84d436ce3f32abfdf9bb7f86552c66272a75a3dde68'),
  from('CON-SRV-04', 1, 0, 'ed247310665d993db34158476539d172c0626165af3b8b242e7c8b5fd1911615'),
  from('CON-SRV-05', 1, 0, 'd37ebea17499ff5540b445f7f08889ddb1c8a07c0027f447dfc523b1ab06c2c1'),
  from('CON-SRV-06', 1, 0, '4f860ca3e7634b2c30287f615fe00c1b9868fce619ad7c45909f6ffd84eb6804'),
  from('CON-SRV-07', 1, 0, '2ddd1967c648f3ec08297efc78afd9f884cc8a41bb23c6763ba5e26dda991632'),
  from('CON-SRV-08', 1, 0, '730413c85dc2956bb6b2b31045cdbf53f725c1550137267bbce323e07d27668d'),
  from('CON-SRV-09', 1, 0, '5e250b381da1dd64ccf43372fe5647dd10ba5f84fc4cafb5a722d1cc0a155def'),
  from('CON-CLI-01', 2, 0, 'bcc4440a059f17515981e9e6987909a89a335e83694e48067169db04cab77e72'),
  from('CON-CMRT-01', 11, 0, 'd91b525642676309f7c83f16867a49fc13bf40d1f82f4844a58570247b0be786'),
  from('CON-EMPTY-01', 3, 0, '501a37f592f5e099412192b31c42682cd109519750d9c43fd1e3369c3894b78d'),
  from('FLOW-CON-01', 1, 0, '61e89b6eccbcd36849724926396135cf6f7cf5e1285cba7d946a114e73be2163'),
  from('FLOW-CON-02', 1, 0, '1b25fd48b37e3c0656670cc0c5fd3ef1b748a537b5c918478eac94db30d73b1b'),
  from('FLOW-CON-03', 1, 0, '381ec4396a80138c8fc5cf1bb9cc9e5e35e2e423560d0bbab04a8a6f2df07d50'),
  from('FLOW-CON-04', 1, 0, '831cb49cfcb44da23feaf2fd8315074aad4e8179905e57b29108db9748c51a70'),
  from('FLOW-CON-05', 1, 0, 'f76b6235e8fb4db2d34ed74ed09465c297cd2ef6dfa86e579021cb29c84e5937'),
  from('FLOW-CON-06', 1, 0, '638982b9fb8c7a66442ca9c6177592ece737f4d420ffeb1439dcf721fee3689f'),
  from('FLOW-CON-07', 1, 0, '29f0daa6d6978af5cce344428f17e59f39cff9af397bc0cd14cde27d76f269ce'),
  from('FLOW-CON-08', 1, 0, 'f7be492804e42ac2afd34a7204ebe5aeef4025da47ba277f2d2e6799576ad96d'),
  from('FLOW-CON-09', 1, 0, '3cec5354e0771fabe289a1161e9212e894589f9338aa44cd32781785caabc3b3'),
  from('FLOW-CON-10', 1, 0, 'c5fb4d495d10cd2a4ae38473b50d6c2f6dba5b6e3ee7435156164cf625e7bcd6'),
  from('FLOW-CON-11', 1, 0, '85515b3b5a46713d55f0fe4a99c58ee097e45eeeeae7414ecf355b3d891c19dd'),
]);

function from(
  id: string,
  lines: number,
  sentence: number,
  sha256: string,
): [string, SourceSentence] {
  return [id, { lines, sentence, sha256 }];
}
